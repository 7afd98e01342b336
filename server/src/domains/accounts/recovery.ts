import type { PasswordByLink } from "@grata/contract/account";
import { and, eq } from "drizzle-orm";
import type { Principal } from "../../foundation/access/principal.ts";
import { requireAccess } from "../../foundation/access/require-access.ts";
import { users } from "../../foundation/schema/accounts.ts";
import { organisations } from "../../foundation/schema/organisations.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { noteAudit } from "../audit/note.ts";
import { queueMail } from "../mails/queue-mail.ts";
import { type EndedSession, endSessions } from "./end-sessions.ts";
import { dropPendingSignIns } from "./factors/pending.ts";
import { findAccount } from "./find-account.ts";
import { makeLink, useLink } from "./links.ts";
import { hashPassword, refuseGuessable } from "./password.ts";
import { inSteadyTime } from "./steady-time.ts";

/** Mails a recovery link to whoever has this address. Whether anybody has is told neither by the answer nor its time. */
export function requestRecovery(storage: Storage, principal: Principal, email: string): Promise<void> {
  requireAccess(principal, "recovery.use", null);
  return inSteadyTime(async () => {
    const account = await findAccount(storage, email);
    if (!account) return;
    const { organisationId, userId } = account;
    await storage.inOrganisation(organisationId, async (transaction) => {
      const [found] = await transaction
        .select({ user: users, organisation: organisations })
        .from(users)
        .innerJoin(organisations, eq(organisations.organisationId, users.organisationId))
        .where(
          and(eq(users.organisationId, organisationId), eq(users.id, userId), eq(users.status, "active")),
        )
        .for("no key update", { of: users });
      if (!found) return;
      await queueMail(transaction, {
        organisationId,
        kind: "recovery",
        recipient: found.user.email,
        language: found.user.language,
        parameters: { name: found.user.name, organisation: found.organisation.name },
        linkId: await makeLink(transaction, account, "recovery"),
      });
    });
  });
}

/** Sets a new password by a recovery link: unlocks the account and ends all its sessions. Works once. */
export function recoverPassword(
  storage: Storage,
  principal: Principal,
  { token, password, address }: PasswordByLink & { address: string },
): Promise<EndedSession[]> {
  requireAccess(principal, "recovery.use", null);
  return useLink(
    storage,
    "recovery",
    token,
    ({ user, organisationName }) => {
      refuseGuessable(password, { email: user.email, names: [user.name, organisationName] });
      return hashPassword(password);
    },
    async (transaction, { user }, passwordHash) => {
      const { organisationId, id: userId, name } = user;
      await transaction
        .update(users)
        .set({ passwordHash, failedAttempts: 0, lockedAt: null })
        .where(and(eq(users.organisationId, organisationId), eq(users.id, userId)));
      await dropPendingSignIns(transaction, { organisationId, userId });
      const actor = { by: "user", userId, name, address } as const;
      await noteAudit(transaction, organisationId, actor, "password.recovered", { id: userId, name });
      return endSessions(transaction, { organisationId, userId }, "password_changed");
    },
  );
}
