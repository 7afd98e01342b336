import type { NewInvitation, TeamUser } from "@grata/contract/team";
import { and, eq, inArray } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { requireUser } from "../../foundation/access/require-access.ts";
import { users } from "../../foundation/schema/accounts.ts";
import { organisations } from "../../foundation/schema/organisations.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import { makeFirstLinks } from "../accounts/links.ts";
import { noteAudits } from "../audit/note.ts";
import { queueMails } from "../mails/queue-mail.ts";
import { presentUser, shownUser } from "./present.ts";

type Admin = ReturnType<typeof requireUser>;

/**
 * Adds people to the team and invites each by mail, in as many statements for a thousand as for one. By address: whose
 * address is taken, in whichever organisation, is not among those returned; nor is the second of two with the same one.
 */
export async function inviteAll(
  transaction: Transaction,
  admin: Admin,
  people: readonly NewInvitation[],
): Promise<Map<string, TeamUser>> {
  const { organisationId } = admin;
  const rows = people
    .map(({ name, email, role, language }) => ({ name, email, role, language }))
    // Two admins who add the same people at once wait for each other in one order.
    .sort((left, right) => (left.email < right.email ? -1 : 1))
    .map((person) => ({ ...person, organisationId, id: newId(), status: "invited" as const }));
  if (rows.length === 0) return new Map();
  const added = await transaction
    .insert(users)
    .values(rows)
    .onConflictDoNothing({ target: users.email })
    .returning({
      id: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      language: users.language,
    });
  if (added.length === 0) return new Map();
  await sendInvitations(transaction, admin, added);
  await noteAudits(
    transaction,
    organisationId,
    admin,
    "user.invited",
    added.map(({ id, name, email, role }) => ({
      target: { id, name },
      changes: { email: { from: null, to: email }, role: { from: null, to: role } },
    })),
  );
  const ids = added.map(({ id }) => id);
  const shown = await transaction
    .select(shownUser)
    .from(users)
    .where(and(eq(users.organisationId, organisationId), inArray(users.id, ids)));
  return new Map(shown.map((user) => [user.email, presentUser(user)]));
}

type Invited = { id: string } & Pick<NewInvitation, "name" | "email" | "language">;

/** A mail with a link to each; older links of theirs are the caller's to revoke. */
export async function sendInvitations(
  transaction: Transaction,
  { organisationId, name: inviter }: Admin,
  invited: readonly Invited[],
): Promise<void> {
  const [organisation] = await transaction
    .select({ name: organisations.name })
    .from(organisations)
    .where(eq(organisations.organisationId, organisationId));
  const ids = invited.map(({ id }) => id);
  const links = await makeFirstLinks(transaction, organisationId, ids, "invitation");
  await queueMails(
    transaction,
    invited.map(({ id, name, email, language }) => ({
      organisationId,
      kind: "invitation",
      recipient: email,
      language,
      parameters: { name, organisation: organisation?.name ?? "", inviter },
      linkId: links.get(id) ?? null,
    })),
  );
}
