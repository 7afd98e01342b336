import { and, eq } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { customerFieldValues } from "../../foundation/schema/customers.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { customerChange } from "../conversations/customer-change.ts";
import { lockPerson } from "../customers/person.ts";
import { type Edited, overtakenIn } from "./change.ts";
import { lockField } from "./fields/change.ts";
import { toFieldValue } from "./fields/field-value.ts";
import { noteEdit } from "./note-edit.ts";
import { readDetails } from "./read.ts";

/**
 * Fills in a custom field of a customer, or empties it. Throws `field_unknown`, `field_value_invalid`, and
 * `customer_changed` where a colleague has changed it meanwhile.
 */
export function setField(
  storage: Storage,
  asker: Asker,
  { customerId, fieldId }: { customerId: string; fieldId: string },
  wanted: { was: string | null; value: string | null },
): Promise<Edited> {
  const user = requireUser(asker, "customers.search");
  const { organisationId } = user;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const person = await lockPerson(transaction, user, "customer.change", customerId);
    const { survivor, members } = person;
    const field = await lockField(transaction, organisationId, fieldId, "key share");
    const value = toFieldValue(field, wanted.value);
    const row = { organisationId, customerId: survivor.id, fieldId };
    const own = and(
      eq(customerFieldValues.organisationId, organisationId),
      eq(customerFieldValues.customerId, survivor.id),
      eq(customerFieldValues.fieldId, fieldId),
    );
    const [held] = await transaction.select().from(customerFieldValues).where(own);
    const before = held?.value ?? null;
    if (value === before) return { details: await readDetails(transaction, person), changes: [] };
    if (wanted.was !== before) throw overtakenIn(["value"]);
    await transaction.delete(customerFieldValues).where(own);
    if (value !== null) await transaction.insert(customerFieldValues).values({ ...row, value });
    await noteEdit(transaction, user, survivor, [field.name]);
    const ids = members.map(({ id }) => id);
    return {
      details: await readDetails(transaction, person),
      changes: [customerChange(organisationId, ids)],
    };
  });
}
