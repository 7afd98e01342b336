import { type CustomFieldList, customFieldsLimit, type NewCustomField } from "@grata/contract/customers";
import { v7 as newId } from "uuid";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { customFields } from "../../../foundation/schema/customers.ts";
import { violatedConstraint } from "../../../foundation/storage/database-errors.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import { differences, noteAudit } from "../../audit/note.ts";
import { lockOrganisation } from "../../organisations/lock-organisation.ts";
import { type Listed, listed } from "../listed.ts";
import { nameKey } from "../name-key.ts";
import { requireChoices } from "./field-value.ts";
import { readFields } from "./list.ts";

/** Asks for one more thing about every customer. Throws `too_many_fields`, `field_taken`, `choices_invalid`. */
export async function createField(
  storage: Storage,
  asker: Asker,
  { name, kind, choices }: NewCustomField,
): Promise<Listed<CustomFieldList>> {
  const admin = requireUser(asker, "customerFields.manage");
  const { organisationId } = admin;
  requireChoices(kind, choices);
  try {
    return await storage.inOrganisation(organisationId, async (transaction) => {
      await lockOrganisation(transaction, admin.organisationId);
      const { fields } = await readFields(transaction, organisationId);
      if (fields.length >= customFieldsLimit) throw new Refusal("too_many_fields");
      const id = newId();
      await transaction
        .insert(customFields)
        .values({ organisationId, id, name, key: nameKey(name), kind, choices });
      const none = { kind: null, choices: null };
      const changes = differences(none, { kind, ...(kind === "choice" && { choices: choices.join(", ") }) });
      await noteAudit(transaction, organisationId, admin, "field.created", { id, name }, changes);
      return listed(organisationId, await readFields(transaction, organisationId));
    });
  } catch (error) {
    throw violatedConstraint(error) === "custom_fields_key" ? new Refusal("field_taken") : error;
  }
}
