import { type NewInvitation, newInvitation, type TeamUser } from "@grata/contract/team";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { refusalOfIssues } from "../../foundation/refusal/failure.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import type { InvitationLimits } from "./invitation-limits.ts";
import { inviteAll } from "./invite-all.ts";

type Line = Record<keyof NewInvitation, string>;

/**
 * Returns the outcome of each line in order: a user, or the refusal of this line alone. Throws `too_many_requests` when
 * they are too many for the organisation.
 */
export async function inviteMany(
  storage: Storage,
  asker: Asker,
  lines: readonly Line[],
  limits: InvitationLimits,
): Promise<(TeamUser | Refusal)[]> {
  const admin = requireUser(asker, "team.manage");
  await limits.invitations(admin.organisationId, lines.length);
  const asked = new Map<string, Promise<void>>();
  /** An address that is named twice is asked for once. */
  const mayInvite = (email: string) => {
    const may = asked.get(email) ?? limits.invitation(email);
    asked.set(email, may);
    return may;
  };
  const read = await Promise.all(lines.map((line) => readLine(line, mayInvite)));
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

async function readLine(
  line: Line,
  mayInvite: InvitationLimits["invitation"],
): Promise<NewInvitation | Refusal> {
  const parsed = newInvitation.safeParse(line);
  if (!parsed.success) return refusalOfIssues(parsed.error.issues);
  try {
    await mayInvite(parsed.data.email);
    return parsed.data;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

export const emailTaken = () => new Refusal("email_taken", { fields: { email: "email_taken" } });
