import type { Occurrence } from "@grata/contract/entries";
import { sql } from "drizzle-orm";
import type { Transaction } from "../storage/storage.ts";
import { facets } from "./facets.ts";
import { searchedText } from "./index-entries.ts";
import { Postings } from "./postings.ts";
import { termsOf } from "./terms.ts";

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
  await transaction.execute(
    sql`SELECT next FROM search_counters WHERE organisation_id = ${organisationId} FOR UPDATE`,
  );
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
  const wordsOf = new Map(
    messages.map(({ conversationId, seq, occurrence }) => [
      `${conversationId} ${seq}`,
      searchedText(occurrence),
    ]),
  );
  const postings = new Postings();
  for (const { number, conversation_id, seq, customer_id, channel_id, user_ids } of rows) {
    const terms = termsOf(wordsOf.get(`${conversation_id} ${seq}`) ?? "");
    terms.add(facets.customer(customer_id));
    terms.add(facets.channel(channel_id));
    for (const userId of user_ids) terms.add(facets.user(userId));
    for (const term of terms) postings.add(term, number);
  }
  await postings.remove(transaction, organisationId);
}
