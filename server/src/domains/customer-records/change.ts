import type { CustomerChanges, CustomerDetails } from "@grata/contract/customers";
import { and, eq } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { customers } from "../../foundation/schema/customers.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import type { Change } from "../conversations/changes.ts";
import { customerChange } from "../conversations/customer-change.ts";
import { moveLines } from "../conversations/lists/move.ts";
import { lockOpenChats, lockPerson } from "../customers/person.ts";
import { noteEdit } from "./note-edit.ts";
import { readDetails } from "./read.ts";

export type Edited = { details: CustomerDetails; changes: Change[] };

const columns = { name: "teamName", email: "teamEmail", phone: "phone" } as const;
const fieldsOf = Object.keys(columns) as (keyof typeof columns)[];

/**
 * Writes down what the team calls a customer and how it reaches them. Whoever typed over a value that a colleague has
 * changed meanwhile gets `customer_changed`, and nothing is changed.
 */
export function changeCustomer(
  storage: Storage,
  asker: Asker,
  customerId: string,
  wanted: CustomerChanges,
): Promise<Edited> {
  const user = requireUser(asker, "customers.search");
  const { organisationId } = user;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const person = await lockPerson(transaction, user, "customer.change", customerId);
    const { survivor } = person;
    const ids = person.members.map(({ id }) => id);
    const changed = fieldsOf.filter(
      (field) => wanted[field] && wanted[field].value !== survivor[columns[field]],
    );
    const overtaken = changed.filter((field) => wanted[field]?.was !== survivor[columns[field]]);
    if (overtaken.length > 0) throw overtakenIn(overtaken);
    if (changed.length === 0) return { details: await readDetails(transaction, person), changes: [] };
    const values = Object.fromEntries(changed.map((field) => [columns[field], wanted[field]?.value ?? null]));
    await transaction
      .update(customers)
      .set(values)
      .where(and(eq(customers.organisationId, organisationId), eq(customers.id, survivor.id)));
    await noteEdit(transaction, user, survivor, changed);
    const details = await readDetails(transaction, { ...person, survivor: { ...survivor, ...values } });
    const shown = changed.some((field) => field !== "phone");
    const chats = shown ? await lockOpenChats(transaction, organisationId, ids) : [];
    const lines = await moveLines(
      transaction,
      organisationId,
      chats.map((chat) => ({ before: chat, after: chat })),
    );
    return { details, changes: [customerChange(organisationId, ids), ...lines] };
  });
}

/** The refusal of an edit over something that is not there any more. */
export function overtakenIn(fields: readonly string[]): Refusal {
  const named = Object.fromEntries(fields.map((field) => [field, "customer_changed" as const]));
  return new Refusal("customer_changed", { fields: named });
}
