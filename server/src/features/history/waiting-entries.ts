import type { Occurrence } from "@grata/contract/entries";
import { sql } from "drizzle-orm";
import type { Transaction } from "../../foundation/storage/storage.ts";
import { searchedText } from "./terms.ts";

/** Characters that are read at once, or one message. */
const charactersAtOnce = 200_000;

export type WaitingEntry = {
  conversationId: string;
  seq: number;
  at: string;
  /** The words to be indexed: empty where there are none. */
  text: string;
  /** The user whose deed it is. */
  userId: string | null;
  customerId: string;
  channelId: string;
};

type Row = {
  conversation_id: string;
  seq: number;
  at: string;
  user_id: string | null;
  occurrence: Occurrence | null;
  customer_id: string;
  channel_id: string;
  is_history: boolean;
  is_known: boolean;
};

/** The oldest entries that wait to be indexed, at most so many. The caller holds the organisation's counter. */
export async function readWaiting(
  transaction: Transaction,
  organisationId: string,
  most: number,
): Promise<WaitingEntry[]> {
  const { rows } = await transaction.execute<Row>(sql`
    WITH oldest AS (
      SELECT * FROM unindexed_entries WHERE organisation_id = ${organisationId}
      ORDER BY at, conversation_id, seq LIMIT ${most}
    ), sized AS (
      SELECT o.*, e.user_id, e.occurrence,
        sum(COALESCE(length(e.occurrence ->> 'text'), 0)) OVER (
          ORDER BY o.at, o.conversation_id, o.seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
      FROM oldest o
      LEFT JOIN entries e
        ON (e.organisation_id, e.conversation_id, e.seq) = (o.organisation_id, o.conversation_id, o.seq)
    )
    SELECT s.conversation_id, s.seq, s.at::text, s.user_id, s.occurrence, c.customer_id, c.channel_id,
      -- What somebody said to test their console is no history.
      COALESCE(NOT c.is_test, FALSE) AS is_history,
      EXISTS (
        SELECT FROM searched_messages m
        WHERE (m.organisation_id, m.conversation_id, m.seq) = (s.organisation_id, s.conversation_id, s.seq)
      ) AS is_known
    FROM sized s
    LEFT JOIN conversations c ON (c.organisation_id, c.id) = (s.organisation_id, s.conversation_id)
    WHERE COALESCE(s.before, 0) < ${charactersAtOnce}
    ORDER BY s.at, s.conversation_id, s.seq`);
  return rows.map(({ occurrence, is_history: isHistory, is_known: isKnown, ...row }) => ({
    conversationId: row.conversation_id,
    seq: row.seq,
    at: row.at,
    text: occurrence !== null && isHistory && !isKnown ? searchedText(occurrence) : "",
    userId: isHistory ? row.user_id : null,
    customerId: row.customer_id,
    channelId: row.channel_id,
  }));
}

type Place = Pick<WaitingEntry, "conversationId" | "seq" | "at">;

/** Where the first of them is, without a look at it: it may be what cannot be read. */
export async function readOldest(transaction: Transaction, organisationId: string): Promise<Place | null> {
  const { rows } = await transaction.execute<Pick<Row, "conversation_id" | "seq" | "at">>(sql`
    SELECT conversation_id, seq, at::text FROM unindexed_entries u WHERE organisation_id = ${organisationId}
    ORDER BY u.at, conversation_id, seq LIMIT 1`);
  const [row] = rows;
  return row ? { conversationId: row.conversation_id, seq: row.seq, at: row.at } : null;
}

/** Takes entries from those that wait. */
export async function removeWaiting(
  transaction: Transaction,
  organisationId: string,
  taken: Place[],
): Promise<void> {
  if (taken.length === 0) return;
  await transaction.execute(sql`
    DELETE FROM unindexed_entries u
    USING unnest(${sql.param(taken.map(({ at }) => at))}::timestamptz[],
      ${sql.param(taken.map(({ conversationId }) => conversationId))}::uuid[],
      ${sql.param(taken.map(({ seq }) => seq))}::integer[]) AS taken (at, conversation_id, seq)
    WHERE u.organisation_id = ${organisationId}
      AND (u.at, u.conversation_id, u.seq) = (taken.at, taken.conversation_id, taken.seq)`);
}
