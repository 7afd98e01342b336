import { and, eq, gt, sql } from "drizzle-orm";
import type { Visitor } from "../../foundation/access/principal.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { consoleTests } from "../../foundation/schema/console-tests.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";

/**
 * Holds the test of this customer until the transaction ends: whoever ends the test meanwhile sees the chat that is
 * being opened. Throws `sign_in_required` once the test is over.
 */
export async function requireRunningTest(transaction: Transaction, visitor: Visitor): Promise<void> {
  if (!(await holdsRunningTest(transaction, visitor))) throw new Refusal("sign_in_required");
}

/** Holds the test of this customer as above; false once it is over. */
export async function holdsRunningTest(
  transaction: Transaction,
  { organisationId, customerId }: Pick<Visitor, "organisationId" | "customerId">,
): Promise<boolean> {
  const [running] = await transaction
    .select({ userId: consoleTests.userId })
    .from(consoleTests)
    .where(
      and(
        eq(consoleTests.organisationId, organisationId),
        eq(consoleTests.customerId, customerId),
        gt(consoleTests.endsAt, sql`now()`),
      ),
    )
    .for("key share");
  return running !== undefined;
}
