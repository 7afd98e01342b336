import { sql } from "drizzle-orm";
import type { Transaction } from "../../foundation/storage/storage.ts";

/** The next number of an organisation, held until the transaction ends; null where another node holds it. */
export async function claimCounter(transaction: Transaction, organisationId: string): Promise<number | null> {
  const held = sql`SELECT next FROM search_counters WHERE organisation_id = ${organisationId} FOR UPDATE SKIP LOCKED`;
  const { rows } = await transaction.execute<{ next: number }>(held);
  if (rows[0]) return rows[0].next;
  await transaction.execute(
    sql`INSERT INTO search_counters (organisation_id) VALUES (${organisationId}) ON CONFLICT DO NOTHING`,
  );
  const again = await transaction.execute<{ next: number }>(held);
  return again.rows[0]?.next ?? null;
}

/** Holds it, once whoever else does has let go: until then nothing of the organisation is indexed. */
export async function holdCounter(transaction: Transaction, organisationId: string): Promise<void> {
  await transaction.execute(sql`
    INSERT INTO search_counters (organisation_id) VALUES (${organisationId})
    ON CONFLICT (organisation_id) DO UPDATE SET next = search_counters.next`);
}
