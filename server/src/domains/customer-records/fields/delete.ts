import type { CustomFieldList } from "@grata/contract/customers";
import { and, eq } from "drizzle-orm";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { customFields } from "../../../foundation/schema/customers.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import { noteAudit } from "../../audit/note.ts";
import { type Listed, listed } from "../listed.ts";
import { lockField } from "./change.ts";
import { readFields } from "./list.ts";

/** Asks for something no more, and forgets what stood there of every customer. Throws `field_unknown`. */
export function deleteField(
  storage: Storage,
  asker: Asker,
  fieldId: string,
): Promise<Listed<CustomFieldList>> {
  const admin = requireUser(asker, "customerFields.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const field = await lockField(transaction, organisationId, fieldId);
    await transaction
      .delete(customFields)
      .where(and(eq(customFields.organisationId, organisationId), eq(customFields.id, fieldId)));
    await noteAudit(transaction, organisationId, admin, "field.deleted", field);
    return listed(organisationId, await readFields(transaction, organisationId));
  });
}
