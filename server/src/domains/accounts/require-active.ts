import { and, eq } from "drizzle-orm";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { users } from "../../foundation/schema/accounts.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";

/**
 * Holds a user active until the transaction ends: what they take now is seen by whoever disables them, or they are
 * disabled and take nothing (`sign_in_required`). The first lock of a transaction.
 */
export async function requireActive(
  transaction: Transaction,
  { organisationId, userId }: { organisationId: string; userId: string },
): Promise<void> {
  const [user] = await transaction
    .select({ status: users.status })
    .from(users)
    .where(and(eq(users.organisationId, organisationId), eq(users.id, userId)))
    .for("share");
  if (user?.status !== "active") throw new Refusal("sign_in_required");
}
