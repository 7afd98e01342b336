import { and, eq, ne } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { sessions, users } from "../../foundation/schema/accounts.ts";
import { organisations } from "../../foundation/schema/organisations.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { noteAudit } from "../audit/note.ts";
import { checkOwnPassword, currentPasswordWrong } from "./check-own-password.ts";
import { type EndedSession, endSessions } from "./end-sessions.ts";
import { dropPendingSignIns } from "./factors/pending.ts";
import { revokeLinks } from "./links.ts";
import { restoreAttempts } from "./lock.ts";
import { hashPassword, refuseGuessable } from "./password.ts";

/**
 * Changes one's own password, by the current one: whoever finds an open browser does not take the account. Wrong
 * guesses count as those at sign-in do. The other sessions end, and recovery links with them.
 */
export async function changePassword(
  storage: Storage,
  asker: Asker,
  input: { current: string; password: string },
): Promise<EndedSession[]> {
  const user = requireUser(asker, "password.change");
  const { organisationId, userId, name, sessionId } = user;
  const self = and(eq(users.organisationId, organisationId), eq(users.id, userId));
  const [found] = await storage.inOrganisation(organisationId, (transaction) =>
    transaction
      .select({ user: users, organisation: organisations })
      .from(users)
      .innerJoin(organisations, eq(organisations.organisationId, users.organisationId))
      .where(self),
  );
  if (!found) throw new Refusal("sign_in_required");
  refuseGuessable(input.password, { email: found.user.email, names: [name, found.organisation.name] });
  await checkOwnPassword(storage, user, input.current);
  const passwordHash = await hashPassword(input.password);
  return storage.inOrganisation(organisationId, async (transaction) => {
    if (!(await restoreAttempts(transaction, user))) throw currentPasswordWrong();
    await transaction.update(users).set({ passwordHash }).where(self);
    await revokeLinks(transaction, user, "recovery");
    await dropPendingSignIns(transaction, user);
    await noteAudit(transaction, organisationId, user, "password.changed", { id: userId, name });
    return endSessions(transaction, user, "password_changed", ne(sessions.id, sessionId));
  });
}
