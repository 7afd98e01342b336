import { and, eq, gt, lt, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { pendingSignIns } from "../../../foundation/schema/factors.ts";
import { hashSecret, newSecret } from "../../../foundation/secrets/token.ts";
import type { Storage, Transaction } from "../../../foundation/storage/storage.ts";
import type { FactorOwner } from "./steps.ts";

/** A sign-in that owes its second step. It is no session: nothing else knows it. */
export type PendingSignIn = FactorOwner & { id: string };

const byUser = ({ organisationId, userId }: FactorOwner) =>
  and(eq(pendingSignIns.organisationId, organisationId), eq(pendingSignIns.userId, userId));

/** Notes that somebody gave the right password, and returns the token of that for their browser. */
export async function beginPendingSignIn(transaction: Transaction, user: FactorOwner): Promise<string> {
  const { organisationId, userId } = user;
  const { secret, hash } = newSecret();
  await transaction.delete(pendingSignIns).where(and(byUser(user), lt(pendingSignIns.expiresAt, sql`now()`)));
  await transaction.insert(pendingSignIns).values({ organisationId, id: newId(), tokenHash: hash, userId });
  return secret;
}

/** The sign-in that a browser's token stands for. Throws `second_step_over` when it is not there any more. */
export async function findPendingSignIn(storage: Storage, token: string | null): Promise<PendingSignIn> {
  const [row] =
    token === null
      ? []
      : await storage.system<{ organisation_id: string; id: string; user_id: string }>(
          "system_pending_sign_in",
          [hashSecret(token)],
        );
  if (!row) throw new Refusal("second_step_over");
  return { organisationId: row.organisation_id, id: row.id, userId: row.user_id };
}

/** Uses it up. Of two that try at one moment one is refused (`second_step_over`). */
export async function usePendingSignIn(transaction: Transaction, pending: PendingSignIn): Promise<void> {
  const used = await transaction
    .delete(pendingSignIns)
    .where(
      and(
        eq(pendingSignIns.organisationId, pending.organisationId),
        eq(pendingSignIns.id, pending.id),
        gt(pendingSignIns.expiresAt, sql`now()`),
      ),
    )
    .returning({ id: pendingSignIns.id });
  if (used.length === 0) throw new Refusal("second_step_over");
}

/** Ends all of a user's: the password that began them is not theirs any more, or what they waited for is gone. */
export async function dropPendingSignIns(transaction: Transaction, user: FactorOwner): Promise<void> {
  await transaction.delete(pendingSignIns).where(byUser(user));
}
