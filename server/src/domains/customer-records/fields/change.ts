import type { CustomFieldChanges, CustomFieldList } from "@grata/contract/customers";
import { and, eq } from "drizzle-orm";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { customFields } from "../../../foundation/schema/customers.ts";
import { violatedConstraint } from "../../../foundation/storage/database-errors.ts";
import type { Storage, Transaction } from "../../../foundation/storage/storage.ts";
import { differences, noteAudit } from "../../audit/note.ts";
import { type Listed, listed } from "../listed.ts";
import { nameKey } from "../name-key.ts";
import { requireChoices } from "./field-value.ts";
import { readFields } from "./list.ts";

type StoredField = typeof customFields.$inferSelect;

/**
 * Gives a field another name or other choices. A choice that is gone stays with the customers who have it until
 * somebody chooses another. Throws `field_unknown`, `field_taken`, `choices_invalid`.
 */
export async function changeField(
  storage: Storage,
  asker: Asker,
  fieldId: string,
  { name, choices }: CustomFieldChanges,
): Promise<Listed<CustomFieldList>> {
  const admin = requireUser(asker, "customerFields.manage");
  const { organisationId } = admin;
  try {
    return await storage.inOrganisation(organisationId, async (transaction) => {
      const before = await lockField(transaction, organisationId, fieldId);
      requireChoices(before.kind, choices);
      await transaction
        .update(customFields)
        .set({ name, key: nameKey(name), choices })
        .where(and(eq(customFields.organisationId, organisationId), eq(customFields.id, fieldId)));
      const changes = differences(
        { name: before.name, choices: before.choices.join(", ") },
        { name, choices: choices.join(", ") },
      );
      await noteAudit(transaction, organisationId, admin, "field.changed", { id: fieldId, name }, changes);
      return listed(organisationId, await readFields(transaction, organisationId));
    });
  } catch (error) {
    throw violatedConstraint(error) === "custom_fields_key" ? new Refusal("field_taken") : error;
  }
}

/** A field of this organisation, held until the transaction ends, or `field_unknown`. */
export async function lockField(
  transaction: Transaction,
  organisationId: string,
  fieldId: string,
  strength: "update" | "key share" = "update",
): Promise<StoredField> {
  const [row] = await transaction
    .select()
    .from(customFields)
    .where(and(eq(customFields.organisationId, organisationId), eq(customFields.id, fieldId)))
    .for(strength);
  if (!row) throw new Refusal("field_unknown");
  return row;
}
