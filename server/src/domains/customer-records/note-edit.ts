import type { User } from "../../foundation/access/principal.ts";
import { holds } from "../../foundation/access/roles.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import { noteAudit } from "../audit/note.ts";
import { type Customer, referenceOf } from "../customers/shown.ts";

/**
 * Notes what an admin changed of a customer, by the names of the fields: what stands in them is about a person, who may
 * ask that it be erased, and the audit log is never changed. The daily edits of agents are not noted.
 */
export async function noteEdit(
  transaction: Transaction,
  user: User & { by: "user"; address: string },
  customer: Customer,
  fields: string[],
): Promise<void> {
  if (!holds(user, "customers.readAll") || fields.length === 0) return;
  const target = { id: customer.id, name: referenceOf(customer.id) };
  const changes = Object.fromEntries(fields.map((field) => [field, { from: null, to: null }]));
  await noteAudit(transaction, customer.organisationId, user, "customer.changed", target, changes);
}
