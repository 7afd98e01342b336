import type { Language } from "@grata/contract/languages";
import { and, eq, isNull, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { customerIdentities, customers } from "../../foundation/schema/customers.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";

/** An id by which a channel knows somebody, and whether the organisation has signed it. */
export type Identity = { kind: string; externalId: string; vouched: boolean };

/** Facts known at the first contact; null: unknown. */
export type Known = { name: string | null; email: string | null; language: Language | null };

/** Somebody may be erased between two of our statements; more often than once in a row is no coincidence. */
const attempts = 3;

/** Column of a query over customers: true if the customer has a vouched identity. */
export const isIdentified = sql<boolean>`EXISTS (
  SELECT FROM ${customerIdentities}
  WHERE ${customerIdentities.organisationId} = ${customers.organisationId}
    AND ${customerIdentities.customerId} = ${customers.id} AND ${customerIdentities.vouched})`;

/**
 * The customer of this identity, made when they come for the first time. Name and address become those that are known
 * today. Whoever was erased is nobody's identity any more: they come as somebody new.
 */
export async function customerOf(
  transaction: Transaction,
  channel: { organisationId: string; channelId: string },
  identity: Identity,
  known: Known,
): Promise<string> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const customerId =
      (await renew(transaction, channel, identity, known)) ??
      (await make(transaction, channel, identity, known));
    if (customerId !== undefined) return customerId;
  }
  throw new Error("An identity came and went too often.");
}

async function renew(
  transaction: Transaction,
  { organisationId, channelId }: { organisationId: string; channelId: string },
  { kind, externalId }: Identity,
  { name, email }: Known,
): Promise<string | undefined> {
  const isTheirs = and(
    eq(customerIdentities.organisationId, organisationId),
    eq(customerIdentities.channelId, channelId),
    eq(customerIdentities.kind, kind),
    eq(customerIdentities.externalId, externalId),
    eq(customers.organisationId, organisationId),
    eq(customers.id, customerIdentities.customerId),
    isNull(customers.erasureBeganAt),
  );
  const id = { id: customers.id };
  const [row] =
    name === null && email === null
      ? await transaction.select(id).from(customers).innerJoin(customerIdentities, isTheirs)
      : await transaction
          .update(customers)
          .set({
            name: sql`COALESCE(${name}, ${customers.name})`,
            email: sql`COALESCE(${email}, ${customers.email})`,
          })
          .from(customerIdentities)
          .where(isTheirs)
          .returning(id);
  return row?.id;
}

/** In one statement, so that of two who make the same one at once the later makes nothing. */
async function make(
  transaction: Transaction,
  { organisationId, channelId }: { organisationId: string; channelId: string },
  { kind, externalId, vouched }: Identity,
  { name, email, language }: Known,
): Promise<string | undefined> {
  const id = newId();
  const { rows } = await transaction.execute<{ id: string }>(sql`
    WITH identity AS (
      INSERT INTO ${customerIdentities} (organisation_id, channel_id, customer_id, kind, external_id, vouched)
      VALUES (${organisationId}, ${channelId}, ${id}, ${kind}, ${externalId}, ${vouched})
      ON CONFLICT DO NOTHING
      RETURNING organisation_id, channel_id, customer_id
    )
    INSERT INTO ${customers} (organisation_id, id, channel_id, name, email, language)
    SELECT organisation_id, customer_id, channel_id, ${name}::text, ${email}::text, ${language}::text FROM identity
    RETURNING id`);
  return rows[0]?.id;
}
