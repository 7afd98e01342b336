import { setImmediate } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { databaseErrorCode } from "../../foundation/storage/database-errors.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { claimCounter } from "./counter.ts";
import { facets } from "./facets.ts";
import { Postings } from "./postings.ts";
import { termsOf } from "./terms.ts";
import { readOldest, readWaiting, removeWaiting, type WaitingEntry } from "./waiting-entries.ts";

/** Entries in one transaction. The more, the more messages share the row of a term. */
const batchLength = 1_000;
/** A batch ends early at so many rows of the index: about a second, in which another organisation waits. */
const rowsAtOnce = 30_000;
/** After so many characters the event loop is let on, for whoever waits for something else meanwhile. */
const breathAfter = 2_000;

type Message = Pick<WaitingEntry, "conversationId" | "seq" | "at" | "customerId" | "channelId">;
type Participant = { conversationId: string; userId: string };

/**
 * Makes the oldest entries that wait in an organisation findable. Resolves to how many it took: none where nothing
 * waits, or another node is at it. All of a batch or nothing: it may be killed at any line. A message that cannot be
 * indexed is passed over and noted; it never holds up those behind it.
 */
export async function indexEntries(
  storage: Storage,
  organisationId: string,
  notePassedOver: (error: Error) => void,
  most = batchLength,
): Promise<number> {
  if (most === 1) return indexOne(storage, organisationId, notePassedOver);
  try {
    return await storage.inOrganisation(organisationId, async (transaction) => {
      const next = await claimCounter(transaction, organisationId);
      return next === null ? 0 : indexBatch(transaction, organisationId, next, most);
    });
  } catch (error) {
    if (!isOfOneMessage(error)) throw error;
    return indexEntries(storage, organisationId, notePassedOver, Math.ceil(most / 8));
  }
}

/** Bad data, a limit of the program, a damaged row: whatever else fails would fail for every message. */
function isOfOneMessage(error: unknown): boolean {
  return /^(22|54|XX)/.test(databaseErrorCode(error) ?? "");
}

/** The oldest entry alone, or past it. */
async function indexOne(
  storage: Storage,
  organisationId: string,
  notePassedOver: (error: Error) => void,
): Promise<number> {
  const { taken, passedOver } = await storage.inOrganisation(organisationId, async (transaction) => {
    const next = await claimCounter(transaction, organisationId);
    const oldest = next === null ? null : await readOldest(transaction, organisationId);
    if (next === null || oldest === null) return { taken: 0, passedOver: null };
    try {
      await transaction.execute(sql`SAVEPOINT one`);
      return { taken: await indexBatch(transaction, organisationId, next, 1), passedOver: null };
    } catch (error) {
      if (!isOfOneMessage(error)) throw error;
      await transaction.execute(sql`ROLLBACK TO SAVEPOINT one`);
      await removeWaiting(transaction, organisationId, [oldest]);
      const message = `Message ${oldest.conversationId}/${oldest.seq} cannot be indexed and is passed over.`;
      return { taken: 1, passedOver: new Error(message, { cause: error }) };
    }
  });
  if (passedOver) notePassedOver(passedOver);
  return taken;
}

async function indexBatch(
  transaction: Transaction,
  organisationId: string,
  next: number,
  most: number,
): Promise<number> {
  const waiting = await readWaiting(transaction, organisationId, most);
  const postings = new Postings();
  const { taken, messages } = await addWords(postings, waiting, next);
  await removeWaiting(transaction, organisationId, taken);
  const joined = await noteParticipants(transaction, organisationId, deedsOf(taken));
  await addToEarlier(transaction, organisationId, joined, postings);
  await number(transaction, organisationId, messages, next);
  const usersOf = await readParticipants(transaction, organisationId, messages);
  for (const [place, { conversationId, customerId, channelId }] of messages.entries()) {
    postings.add(facets.customer(customerId), next + place);
    postings.add(facets.channel(channelId), next + place);
    for (const { userId } of usersOf.get(conversationId) ?? [])
      postings.add(facets.user(userId), next + place);
  }
  await postings.store(transaction, organisationId);
  return taken.length;
}

/** Adds the words of the first entries, up to what one transaction takes on. */
async function addWords(postings: Postings, waiting: WaitingEntry[], next: number) {
  const taken: WaitingEntry[] = [];
  const messages: Message[] = [];
  let characters = 0;
  for (const entry of waiting) {
    if (postings.rows >= rowsAtOnce) break;
    taken.push(entry);
    if (entry.text === "") continue;
    characters += entry.text.length;
    if (characters > breathAfter) {
      characters = 0;
      await setImmediate();
    }
    const number = next + messages.length;
    const { terms, isCut } = termsOf(entry.text);
    for (const term of terms) postings.add(term, number);
    if (isCut) postings.add(facets.cut, number);
    messages.push(entry);
  }
  return { taken, messages };
}

function deedsOf(taken: WaitingEntry[]): Participant[] {
  return taken.flatMap(({ conversationId, userId }) => (userId === null ? [] : [{ conversationId, userId }]));
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

/** Makes earlier messages of a chat findable by the users who joined it later. */
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
