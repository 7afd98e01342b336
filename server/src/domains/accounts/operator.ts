import { attemptsAllowed } from "@grata/contract/sign-in-attempts";
import { and, eq, gte } from "drizzle-orm";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { users } from "../../foundation/schema/accounts.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { noteAudit } from "../audit/note.ts";
import { endSessions } from "./end-sessions.ts";
import { clearFactors } from "./factors/reset.ts";
import { findAccount } from "./find-account.ts";
import { makeLink, mintToken } from "./links.ts";

/**
 * For an operator at the command line: gives a locked user their attempts back. False: nothing was locked, and nothing
 * is changed. Throws `user_unknown`.
 */
export async function unlockByOperator(storage: Storage, email: string): Promise<boolean> {
  const account = await findAccount(storage, email);
  if (!account) throw new Refusal("user_unknown");
  const { organisationId, userId } = account;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const [user] = await transaction
      .update(users)
      .set({ failedAttempts: 0, lockedAt: null })
      .where(
        and(
          eq(users.organisationId, organisationId),
          eq(users.id, userId),
          gte(users.failedAttempts, attemptsAllowed),
        ),
      )
      .returning({ id: users.id, name: users.name });
    if (!user) return false;
    await noteAudit(transaction, organisationId, { by: "operator" }, "user.unlocked", user);
    return true;
  });
}

/**
 * For an operator, when nobody is left who could: takes a user's second factor away, signs them out and tells them.
 * Throws `user_unknown`, `second_factor_absent`.
 */
export async function resetSecondFactorByOperator(storage: Storage, email: string): Promise<void> {
  const account = await findAccount(storage, email);
  if (!account) throw new Refusal("user_unknown");
  const { organisationId, userId } = account;
  await storage.inOrganisation(organisationId, async (transaction) => {
    const [user] = await transaction
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(and(eq(users.organisationId, organisationId), eq(users.id, userId)))
      .for("no key update");
    if (!user) throw new Refusal("user_unknown");
    if (!(await clearFactors(transaction, account))) throw new Refusal("second_factor_absent");
    await endSessions(transaction, account, "signed_out");
    await noteAudit(transaction, organisationId, { by: "operator" }, "factor.reset", user);
  });
}

/** For an operator without mail: the secret of a user's new recovery link. Throws `user_unknown`. */
export async function recoverByOperator(storage: Storage, email: string): Promise<string> {
  const account = await findAccount(storage, email);
  if (!account) throw new Refusal("user_unknown");
  const { organisationId, userId } = account;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const [user] = await transaction
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(and(eq(users.organisationId, organisationId), eq(users.id, userId)))
      .for("no key update");
    if (!user) throw new Refusal("user_unknown");
    const linkId = await makeLink(transaction, account, "recovery");
    const minted = await mintToken(transaction, organisationId, linkId);
    if (!minted) throw new Refusal("user_unknown");
    const operator = { by: "operator" } as const;
    await noteAudit(transaction, organisationId, operator, "password.recovery_link_made", user);
    return minted.secret;
  });
}
