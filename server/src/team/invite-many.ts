import { type NewInvitation, newInvitation, type TeamUser } from "@grata/contract/team";
import type { Asker } from "../access/principal.ts";
import { requireUser } from "../access/require-access.ts";
import { refusalOfIssues } from "../failure.ts";
import { Refusal } from "../refusal.ts";
import type { Storage } from "../storage/storage.ts";
import { inviteAll } from "./invite-all.ts";

type Line = Record<keyof NewInvitation, string>;

/** What became of each line, in their order: a user, or the refusal of this line alone. */
export function inviteMany(
  storage: Storage,
  asker: Asker,
  lines: readonly Line[],
): Promise<(TeamUser | Refusal)[]> {
  const admin = requireUser(asker, "team.manage");
  const read = lines.map((line) => {
    const parsed = newInvitation.safeParse(line);
    return parsed.success ? parsed.data : refusalOfIssues(parsed.error.issues);
  });
  return storage.inOrganisation(admin.organisationId, async (transaction) => {
    const invited = await inviteAll(
      transaction,
      admin,
      read.filter((line): line is NewInvitation => !(line instanceof Refusal)),
    );
    return read.map((line) => {
      if (line instanceof Refusal) return line;
      const user = invited.get(line.email);
      // The next line with the same address finds it taken.
      invited.delete(line.email);
      return user ?? emailTaken();
    });
  });
}

export const emailTaken = () => new Refusal("email_taken", { fields: { email: "email_taken" } });
