import { and, asc, eq, inArray, or, sql } from "drizzle-orm";
import type { User } from "../../foundation/access/principal.ts";
import { requireAccess } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Conversation } from "../../foundation/schema/conversations.ts";
import { conversations } from "../../foundation/schema/conversations.ts";
import { customers } from "../../foundation/schema/customers.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import type { Customer } from "./shown.ts";
import { subjectsOf } from "./subjects.ts";

/** Everybody whom the team knows to be one person: whoever the others were merged into, and all of them. */
export type Person = { survivor: Customer; members: Customer[] };

type CustomerPermission = "customer.read" | "customer.change";

/** The person that a customer is, or undefined where there is no such customer. */
export async function readPerson(
  transaction: Transaction,
  organisationId: string,
  customerId: string,
): Promise<Person | undefined> {
  const asked = await readCustomer(transaction, organisationId, customerId);
  if (!asked) return undefined;
  const survivorId = asked.mergedInto ?? asked.id;
  const members = await transaction
    .select()
    .from(customers)
    .where(
      and(
        eq(customers.organisationId, organisationId),
        or(eq(customers.id, survivorId), eq(customers.mergedInto, survivorId)),
      ),
    )
    .orderBy(asc(customers.id));
  const survivor = members.find(({ id }) => id === survivorId);
  return survivor && { survivor, members };
}

/** The same for somebody who may, else `customer_unknown`; an erased one is not changed: `customer_erased`. */
export async function findPerson(
  transaction: Transaction,
  user: User,
  permission: CustomerPermission,
  customerId: string,
): Promise<Person> {
  const person = await readPerson(transaction, user.organisationId, customerId);
  if (!person) throw new Refusal("customer_unknown");
  const { organisationId, erasureBeganAt } = person.survivor;
  requireAccess(user, permission, { organisationId, conversations: await subjectsOf(transaction, person) });
  if (permission === "customer.change" && erasureBeganAt !== null) throw new Refusal("customer_erased");
  return person;
}

/**
 * The same, held until the transaction ends, so that edits come one after the other. Locks are taken in one order:
 * organisation, customer, chats, lists.
 */
export async function lockPerson(
  transaction: Transaction,
  user: User,
  permission: CustomerPermission,
  customerId: string,
): Promise<Person> {
  let held: string | undefined;
  for (;;) {
    const person = await findPerson(transaction, user, permission, customerId);
    if (person.survivor.id === held) return person;
    // A merge may come between the look and the lock: then another one is to be held.
    held = person.survivor.id;
    await transaction
      .select({ id: customers.id })
      .from(customers)
      .where(and(eq(customers.organisationId, user.organisationId), eq(customers.id, held)))
      .for("update");
  }
}

/** The open chats of these customers, locked: what lists show of them is about to change. */
export function lockOpenChats(
  transaction: Transaction,
  organisationId: string,
  customerIds: string[],
): Promise<Conversation[]> {
  return transaction
    .select()
    .from(conversations)
    .where(
      and(
        eq(conversations.organisationId, organisationId),
        inArray(conversations.customerId, customerIds),
        sql`${conversations.status} <> 'closed'`,
      ),
    )
    .orderBy(asc(conversations.id))
    .for("no key update");
}

async function readCustomer(
  transaction: Transaction,
  organisationId: string,
  customerId: string,
): Promise<Customer | undefined> {
  const [row] = await transaction
    .select()
    .from(customers)
    .where(and(eq(customers.organisationId, organisationId), eq(customers.id, customerId)));
  return row;
}
