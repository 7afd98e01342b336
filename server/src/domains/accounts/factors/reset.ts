import { authenticators, passkeys, recoveryCodes } from "../../../foundation/schema/factors.ts";
import type { Transaction } from "../../../foundation/storage/storage.ts";
import { dropPendingSignIns } from "./pending.ts";
import { type FactorOwner, ownedBy } from "./steps.ts";
import { tellOwner } from "./tell-owner.ts";

/** Takes everything away that a user has set up for the second step, and tells them. False: they had nothing. */
export async function clearFactors(transaction: Transaction, user: FactorOwner): Promise<boolean> {
  await dropPendingSignIns(transaction, user);
  const apps = await transaction
    .delete(authenticators)
    .where(ownedBy(authenticators, user))
    .returning({ confirmedAt: authenticators.confirmedAt });
  const keys = await transaction
    .delete(passkeys)
    .where(ownedBy(passkeys, user))
    .returning({ id: passkeys.id });
  await transaction.delete(recoveryCodes).where(ownedBy(recoveryCodes, user));
  if (keys.length === 0 && !apps.some(({ confirmedAt }) => confirmedAt !== null)) return false;
  await tellOwner(transaction, user, "factor_reset");
  return true;
}
