import type { CustomFieldList } from "@grata/contract/customers";
import { asc, eq } from "drizzle-orm";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { customFields } from "../../../foundation/schema/customers.ts";
import type { Storage, Transaction } from "../../../foundation/storage/storage.ts";
import { presentField } from "../present.ts";

/** What the organisation wants to know of its customers, in the order in which it was asked for. */
export function listFields(storage: Storage, asker: Asker): Promise<CustomFieldList> {
  const { organisationId } = requireUser(asker, "customerFields.list");
  return storage.inOrganisation(organisationId, (transaction) => readFields(transaction, organisationId));
}

/** The same for a transaction that has asked whether it may. */
export async function readFields(transaction: Transaction, organisationId: string): Promise<CustomFieldList> {
  const rows = await transaction
    .select()
    .from(customFields)
    .where(eq(customFields.organisationId, organisationId))
    .orderBy(asc(customFields.createdAt), asc(customFields.id));
  return { fields: rows.map(presentField) };
}
