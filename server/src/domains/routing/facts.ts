import { sql } from "drizzle-orm";
import type { Transaction } from "../../foundation/storage/storage.ts";

/** Facts about a customer that rules can ask for. */
export type CustomerFacts = {
  channelId: string | null;
  language: string | null;
  tags: string[];
  fields: Record<string, string>;
};

/**
 * Reads what the team knows of a customer: tags and fields of everybody who is known to be the same person, in one
 * statement. Undefined: there is no such customer.
 */
export async function readCustomerFacts(
  transaction: Transaction,
  organisationId: string,
  customerId: string,
): Promise<CustomerFacts | undefined> {
  const { rows } = await transaction.execute<CustomerFacts>(sql`
    WITH person AS (
      SELECT c.channel_id, c.language, COALESCE(c.merged_into, c.id) AS id FROM customers c
      WHERE c.organisation_id = ${organisationId} AND c.id = ${customerId}
    ), member AS (
      SELECT c.id, c.id = p.id AS survives FROM customers c, person p
      WHERE c.organisation_id = ${organisationId} AND (c.id = p.id OR c.merged_into = p.id)
    )
    SELECT channel_id AS "channelId", language,
      ARRAY(SELECT DISTINCT t.tag_id::text FROM customer_tags t JOIN member m ON m.id = t.customer_id
        WHERE t.organisation_id = ${organisationId}) AS tags,
      (SELECT COALESCE(json_object_agg(v.field_id, v.value ORDER BY m.survives), '{}') FROM customer_field_values v
        JOIN member m ON m.id = v.customer_id WHERE v.organisation_id = ${organisationId}) AS fields
    FROM person`);
  return rows[0];
}
