import { and, eq } from "drizzle-orm";
import type { Asker, User } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { users } from "../../../foundation/schema/accounts.ts";
import type { Storage, Transaction } from "../../../foundation/storage/storage.ts";
import { checkOwnPassword, currentPasswordWrong } from "../check-own-password.ts";
import { restoreAttempts } from "../lock.ts";
import { type CodeSet, countCodes, newCodeSet, replaceCodes } from "./recovery-codes.ts";

/** Who changes their own factors, as the audit log takes them. */
export type Owner = User & { by: "user"; address: string };

/** Does something to one's own factors after the current password; the transaction has locked the user. */
export async function changeFactor<T>(
  storage: Storage,
  asker: Asker,
  current: string,
  work: (transaction: Transaction, owner: Owner) => Promise<T>,
): Promise<T> {
  const owner = requireUser(asker, "factors.manage");
  await checkOwnPassword(storage, owner, current);
  return storage.inOrganisation(owner.organisationId, async (transaction) => {
    if (!(await restoreAttempts(transaction, owner))) throw currentPasswordWrong();
    return work(transaction, owner);
  });
}

/**
 * Adds a factor that has just been shown to work. With the first one come recovery codes, told this once; null: the
 * user has some.
 */
export async function addFactor(
  storage: Storage,
  owner: Owner,
  work: (transaction: Transaction) => Promise<void>,
): Promise<string[] | null> {
  const inTransaction = <T>(deed: (transaction: Transaction) => Promise<T>) =>
    storage.inOrganisation(owner.organisationId, deed);
  const left = await inTransaction((transaction) => countCodes(transaction, owner));
  // Hashing them is dear, and no transaction waits for it.
  const prepared: CodeSet | null = left === 0 ? await newCodeSet() : null;
  return inTransaction(async (transaction) => {
    await lockActive(transaction, owner);
    await work(transaction);
    if (!prepared || (await countCodes(transaction, owner)) > 0) return null;
    await replaceCodes(transaction, owner, prepared);
    return prepared.codes;
  });
}

/** Two factors that are added at one moment come one after the other, so that there is one set of codes. */
async function lockActive(transaction: Transaction, { organisationId, userId }: Owner): Promise<void> {
  const [user] = await transaction
    .select({ status: users.status })
    .from(users)
    .where(and(eq(users.organisationId, organisationId), eq(users.id, userId)))
    .for("no key update");
  if (user?.status !== "active") throw new Refusal("sign_in_required");
}
