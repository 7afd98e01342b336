import type { TagList } from "@grata/contract/customers";
import { and, asc, countDistinct, eq } from "drizzle-orm";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { customerTags, tags } from "../../../foundation/schema/customers.ts";
import type { Storage, Transaction } from "../../../foundation/storage/storage.ts";

/** The organisation's tags by name, with how many customers have each. */
export function listTags(storage: Storage, asker: Asker): Promise<TagList> {
  const { organisationId } = requireUser(asker, "tags.list");
  return storage.inOrganisation(organisationId, (transaction) => readTags(transaction, organisationId));
}

/** The same for a transaction that has asked whether it may. */
export async function readTags(transaction: Transaction, organisationId: string): Promise<TagList> {
  const rows = await transaction
    .select({ id: tags.id, name: tags.name, customers: countDistinct(customerTags.customerId) })
    .from(tags)
    .leftJoin(
      customerTags,
      and(eq(customerTags.organisationId, tags.organisationId), eq(customerTags.tagId, tags.id)),
    )
    .where(eq(tags.organisationId, organisationId))
    .groupBy(tags.organisationId, tags.id)
    .orderBy(asc(tags.key));
  return { tags: rows };
}
