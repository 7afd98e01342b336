import { setImmediate } from "node:timers/promises";
import type { Occurrence } from "@grata/contract/entries";
import { sql } from "drizzle-orm";
import type { Transaction } from "../../foundation/storage/storage.ts";
import { holdCounter } from "./counter.ts";
import { bucketLength, bucketOf, facets } from "./facets.ts";
import { Postings } from "./postings.ts";
import { searchedText, termsOf, termsOfMessage } from "./terms.ts";

/** Rows of the index that are held in memory before they are taken out of it. */
const rowsAtOnce = 30_000;

type Said = { conversationId: string; seq: number; occurrence: Occurrence };

/**
 * Takes messages out of the index: in the transaction that erases their words, and before it does, because the words
 * say where they stand.
 */
export async function forgetMessages(
  transaction: Transaction,
  organisationId: string,
  messages: Said[],
): Promise<void> {
  if (messages.length === 0) return;
  await holdCounter(transaction, organisationId);
  const conversationIds = sql.param(messages.map(({ conversationId }) => conversationId));
  const seqs = sql.param(messages.map(({ seq }) => seq));
  const those = sql`unnest(${conversationIds}::uuid[], ${seqs}::integer[]) AS said (conversation_id, seq)`;
  await transaction.execute(sql`
    DELETE FROM unindexed_entries u USING ${those}
    WHERE u.organisation_id = ${organisationId} AND (u.conversation_id, u.seq) = (said.conversation_id, said.seq)`);
  const { rows } = await transaction.execute<{
    number: number;
    conversation_id: string;
    seq: number;
    customer_id: string;
    channel_id: string;
    user_ids: string[];
  }>(sql`
    WITH gone AS (
      DELETE FROM searched_messages s USING ${those}
      WHERE s.organisation_id = ${organisationId} AND (s.conversation_id, s.seq) = (said.conversation_id, said.seq)
      RETURNING s.*
    )
    SELECT gone.number, gone.conversation_id, gone.seq, c.customer_id, c.channel_id,
      ARRAY(SELECT p.user_id FROM participants p
        WHERE (p.organisation_id, p.conversation_id) = (gone.organisation_id, gone.conversation_id)) AS user_ids
    FROM gone
    JOIN conversations c ON (c.organisation_id, c.id) = (gone.organisation_id, gone.conversation_id)`);
  const textOf = new Map(
    messages.map(({ conversationId, seq, occurrence }) => [
      `${conversationId} ${seq}`,
      searchedText(occurrence),
    ]),
  );
  const cut = await readCut(transaction, organisationId, rows);
  const postings = new Postings();
  for (const { number, conversation_id, seq, customer_id, channel_id, user_ids } of rows) {
    await setImmediate();
    const text = textOf.get(`${conversation_id} ${seq}`) ?? "";
    const { terms } = termsOf(text, cut.has(number) ? termsOfMessage : Number.POSITIVE_INFINITY);
    for (const term of terms) postings.add(term, number);
    if (cut.has(number)) postings.add(facets.cut, number);
    postings.add(facets.customer(customer_id), number);
    postings.add(facets.channel(channel_id), number);
    for (const userId of user_ids) postings.add(facets.user(userId), number);
    if (postings.rows >= rowsAtOnce) await postings.remove(transaction, organisationId);
  }
  await postings.remove(transaction, organisationId);
}

/** Those of which only the first terms are in the index. */
async function readCut(
  transaction: Transaction,
  organisationId: string,
  gone: { number: number }[],
): Promise<Set<number>> {
  const buckets = [...new Set(gone.map(({ number }) => bucketOf(number)))];
  const { rows } = await transaction.execute<{ number: number }>(sql`
    SELECT bucket * ${bucketLength}::integer + unnest(places) AS number FROM search_postings
    WHERE organisation_id = ${organisationId} AND term = ${facets.cut}
      AND bucket = ANY (${sql.param(buckets)}::integer[])`);
  return new Set(rows.map(({ number }) => number));
}
