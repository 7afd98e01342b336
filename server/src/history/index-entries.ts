import { setImmediate } from "node:timers/promises";
import type { Occurrence } from "@grata/contract/entries";
import { sql } from "drizzle-orm";
import type { Storage, Transaction } from "../storage/storage.ts";
import { facets } from "./facets.ts";
import { Postings } from "./postings.ts";
import { termsOf } from "./terms.ts";

/** What one transaction takes on. The more, the more messages share the row of a term. */
const batchLength = 1_000;
/** After so many the event loop is let on, for whoever waits for something else meanwhile. */
const breathAfter = 25;

type Message = {
  conversationId: string;
  seq: number;
  at: string;
  text: string;
  customerId: string;
  channelId: string;
};
type Participant = { conversationId: string; userId: string };

/**
 * Makes the oldest entries that wait in an organisation findable. Resolves to how many it took: none where nothing
 * waits, or another node is at it. All of a batch or nothing: it may be killed at any line.
 */
export function indexEntries(storage: Storage, organisationId: string): Promise<number> {
  return storage.inOrganisation(organisationId, async (transaction) => {
    const next = await lockCounter(transaction, organisationId);
    if (next === null) return 0;
    const { taken, messages, deeds } = await takeBatch(transaction, organisationId);
    const postings = new Postings();
    const joined = await noteParticipants(transaction, organisationId, deeds);
    await addToEarlier(transaction, organisationId, joined, postings);
    await number(transaction, organisationId, messages, next);
    const usersOf = await readParticipants(transaction, organisationId, messages);
    for (const [place, message] of messages.entries()) {
      if (place % breathAfter === 0) await setImmediate();
      const terms = termsOf(message.text);
      terms.add(facets.customer(message.customerId));
      terms.add(facets.channel(message.channelId));
      for (const { userId } of usersOf.get(message.conversationId) ?? []) terms.add(facets.user(userId));
      for (const term of terms) postings.add(term, next + place);
    }
    await postings.store(transaction, organisationId);
    return taken;
  });
}

/** The next number, held until the transaction ends; null where another node holds it. */
async function lockCounter(transaction: Transaction, organisationId: string): Promise<number | null> {
  const own = sql`organisation_id = ${organisationId}`;
  const held = sql`SELECT next FROM search_counters WHERE ${own} FOR UPDATE SKIP LOCKED`;
  const { rows } = await transaction.execute<{ next: number }>(held);
  if (rows[0]) return rows[0].next;
  await transaction.execute(
    sql`INSERT INTO search_counters (organisation_id) VALUES (${organisationId}) ON CONFLICT DO NOTHING`,
  );
  const again = await transaction.execute<{ next: number }>(held);
  return again.rows[0]?.next ?? null;
}

type Row = {
  conversation_id: string;
  seq: number;
  at: string;
  user_id: string | null;
  occurrence: Occurrence;
  customer_id: string;
  channel_id: string;
  is_test: boolean;
  is_known: boolean;
};

async function takeBatch(transaction: Transaction, organisationId: string) {
  const { rows } = await transaction.execute<Row>(sql`
    WITH taken AS (
      DELETE FROM unindexed_entries u
      USING (
        SELECT at, conversation_id, seq FROM unindexed_entries WHERE organisation_id = ${organisationId}
        ORDER BY at, conversation_id, seq LIMIT ${batchLength}
      ) oldest
      WHERE u.organisation_id = ${organisationId}
        AND (u.at, u.conversation_id, u.seq) = (oldest.at, oldest.conversation_id, oldest.seq)
      RETURNING u.*
    )
    SELECT t.conversation_id, t.seq, t.at::text, e.user_id, e.occurrence, c.customer_id, c.channel_id, c.is_test,
      EXISTS (
        SELECT FROM searched_messages s
        WHERE (s.organisation_id, s.conversation_id, s.seq) = (t.organisation_id, t.conversation_id, t.seq)
      ) AS is_known
    FROM taken t
    JOIN entries e ON (e.organisation_id, e.conversation_id, e.seq) = (t.organisation_id, t.conversation_id, t.seq)
    JOIN conversations c ON (c.organisation_id, c.id) = (t.organisation_id, t.conversation_id)
    ORDER BY t.at, t.conversation_id, t.seq`);
  // What somebody said to test their console is no history.
  const kept = rows.filter(({ is_test }) => !is_test);
  const messages = kept.flatMap((row): Message[] => {
    const text = row.is_known ? "" : searchedText(row.occurrence);
    const { conversation_id: conversationId, customer_id: customerId, channel_id: channelId, seq, at } = row;
    return text === "" ? [] : [{ conversationId, seq, at, text, customerId, channelId }];
  });
  const deeds = kept.flatMap(({ conversation_id: conversationId, user_id: userId }) =>
    userId === null ? [] : [{ conversationId, userId }],
  );
  return { taken: rows.length, messages, deeds };
}

/** What a message is found by: its words, and the name of its file. Empty: it is none. */
export function searchedText(occurrence: Occurrence): string {
  return occurrence.kind === "message"
    ? [occurrence.text, occurrence.file?.name ?? ""].filter((part) => part !== "").join("\n")
    : "";
}

/** Notes who did something in which chat; resolves to those who had not done anything there before. */
async function noteParticipants(
  transaction: Transaction,
  organisationId: string,
  deeds: Participant[],
): Promise<Participant[]> {
  if (deeds.length === 0) return [];
  const { rows } = await transaction.execute<{ conversation_id: string; user_id: string }>(sql`
    INSERT INTO participants (organisation_id, user_id, conversation_id)
    SELECT DISTINCT ${organisationId}::uuid, user_id, conversation_id
    FROM unnest(${sql.param(deeds.map(({ userId }) => userId))}::uuid[],
      ${sql.param(deeds.map(({ conversationId }) => conversationId))}::uuid[]) AS deed (user_id, conversation_id)
    ON CONFLICT DO NOTHING
    RETURNING conversation_id, user_id`);
  return rows.map(({ conversation_id, user_id }) => ({ conversationId: conversation_id, userId: user_id }));
}

/** Whoever takes a chat over is found by what was said in it before, too. */
async function addToEarlier(
  transaction: Transaction,
  organisationId: string,
  joined: Participant[],
  postings: Postings,
): Promise<void> {
  if (joined.length === 0) return;
  const usersOf = Map.groupBy(joined, ({ conversationId }) => conversationId);
  const { rows } = await transaction.execute<{ conversation_id: string; number: number }>(sql`
    SELECT conversation_id, number FROM searched_messages
    WHERE organisation_id = ${organisationId} AND conversation_id = ANY (${sql.param([...usersOf.keys()])}::uuid[])`);
  for (const { conversation_id, number: earlier } of rows) {
    for (const { userId } of usersOf.get(conversation_id) ?? []) postings.add(facets.user(userId), earlier);
  }
}

async function number(
  transaction: Transaction,
  organisationId: string,
  messages: Message[],
  next: number,
): Promise<void> {
  if (messages.length === 0) return;
  await transaction.execute(sql`
    INSERT INTO searched_messages (organisation_id, number, conversation_id, seq, at)
    SELECT ${organisationId}::uuid, ${next}::integer + place - 1, conversation_id, seq, at
    FROM unnest(${sql.param(messages.map(({ conversationId }) => conversationId))}::uuid[],
      ${sql.param(messages.map(({ seq }) => seq))}::integer[],
      ${sql.param(messages.map(({ at }) => at))}::timestamptz[])
      WITH ORDINALITY AS message (conversation_id, seq, at, place)`);
  await transaction.execute(
    sql`UPDATE search_counters SET next = ${next + messages.length} WHERE organisation_id = ${organisationId}`,
  );
}

async function readParticipants(
  transaction: Transaction,
  organisationId: string,
  messages: Message[],
): Promise<Map<string, Participant[]>> {
  const ids = [...new Set(messages.map(({ conversationId }) => conversationId))];
  if (ids.length === 0) return new Map();
  const { rows } = await transaction.execute<{ conversation_id: string; user_id: string }>(sql`
    SELECT conversation_id, user_id FROM participants
    WHERE organisation_id = ${organisationId} AND conversation_id = ANY (${sql.param(ids)}::uuid[])`);
  return Map.groupBy(
    rows.map(({ conversation_id, user_id }) => ({ conversationId: conversation_id, userId: user_id })),
    ({ conversationId }) => conversationId,
  );
}
