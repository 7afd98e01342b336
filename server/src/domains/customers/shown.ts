import { and, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { customers } from "../../foundation/schema/customers.ts";

export type Customer = typeof customers.$inferSelect;

/** Whom a customer was merged into, for a left join. */
export const survivors = alias(customers, "survivor");
export const toSurvivor = and(
  eq(survivors.organisationId, customers.organisationId),
  eq(survivors.id, customers.mergedInto),
);

type Named = Pick<Customer, "name" | "teamName">;

/** What the team sees them called: by its own word if it has one. */
export function shownName(customer: Named, survivor: Named | null): string | null {
  return survivor?.teamName ?? survivor?.name ?? customer.teamName ?? customer.name;
}

/**
 * Where an answer goes when they are gone: never to somebody else's address, whomever they were merged with.
 * `append/queue-answers.ts` says the same in SQL.
 */
export function shownEmail(customer: Customer): string | null {
  return customer.teamEmail ?? customer.email;
}

/** Four characters that tell one nameless visitor from another. */
export function referenceOf(customerId: string): string {
  return customerId.slice(-4).toUpperCase();
}
