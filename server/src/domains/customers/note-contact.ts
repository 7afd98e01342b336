import { and, eq, isNull, sql } from "drizzle-orm";
import type { Visitor } from "../../foundation/access/principal.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { customers } from "../../foundation/schema/customers.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import { isIdentified } from "./identities.ts";

type Whose = Pick<Visitor, "organisationId" | "customerId">;

const own = (visitor: Whose) =>
  and(eq(customers.organisationId, visitor.organisationId), eq(customers.id, visitor.customerId));

/** Keeps what a customer says of themselves. It never replaces what the shop has vouched for. */
export async function noteContact(
  transaction: Transaction,
  visitor: Visitor,
  contact: { name?: string | undefined; email: string },
): Promise<void> {
  const unlessVouched = (column: typeof customers.name | typeof customers.email, said: string | null) =>
    sql`CASE WHEN ${isIdentified} THEN COALESCE(${column}, ${said}) ELSE COALESCE(${said}, ${column}) END`;
  await transaction
    .update(customers)
    .set({
      email: unlessVouched(customers.email, contact.email),
      name: unlessVouched(customers.name, contact.name ?? null),
    })
    .where(and(own(visitor), isNull(customers.erasureBeganAt)));
}

/**
 * Holds a customer who is about to open a chat. Throws `sign_in_required` for one who was erased: their browser comes as
 * somebody new.
 */
export async function holdCustomer(transaction: Transaction, visitor: Visitor): Promise<void> {
  if (!(await holdsUnerased(transaction, visitor))) throw new Refusal("sign_in_required");
}

/** Holds a customer until the transaction ends, and tells whether they are still known: false once they were erased. */
export async function holdsUnerased(transaction: Transaction, whose: Whose): Promise<boolean> {
  const [row] = await transaction
    .select({ erasureBeganAt: customers.erasureBeganAt })
    .from(customers)
    .where(own(whose))
    .for("key share");
  return row !== undefined && row.erasureBeganAt === null;
}

/** Whether we have an address to answer to. */
export async function isReachable(transaction: Transaction, visitor: Visitor): Promise<boolean> {
  const [row] = await transaction
    .select({ email: sql<string | null>`COALESCE(${customers.teamEmail}, ${customers.email})` })
    .from(customers)
    .where(own(visitor));
  return (row?.email ?? null) !== null;
}
