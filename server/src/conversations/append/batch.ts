import type { Delivery } from "@grata/contract/entries";
import type pg from "pg";
import type { ConversationSubject } from "../../access/permissions.ts";
import { reasonAgainst } from "../../access/require-access.ts";
import type { Channel, ReachOf } from "../../channels/port.ts";
import { Refusal } from "../../refusal.ts";
import { beginFor } from "../../storage/storage.ts";
import type { Change } from "../changes.ts";
import { entryChanges, type Stored, waitingChanges } from "./batch-changes.ts";
import type { Appended, Item, NewEntry } from "./item.ts";
import {
  type InsertedRow,
  insertStatement,
  type LockedRow,
  lockStatement,
  lockWaitListsStatement,
} from "./statements.ts";

/** What became of each item, to be told once the batch is committed. */
type Fate =
  | { kind: "appended"; appended: Appended }
  | { kind: "refused"; refusal: Refusal }
  | { kind: "locked" };

export type Outcome = { fates: Map<Item, Fate>; changes: Change[] };

/**
 * Stores items in one short transaction. `wait` waits for locks (and fails with 55P03 after the connection's
 * lock_timeout); `skip` reports the items of conversations that are locked elsewhere as `locked`.
 */
export async function storeBatch(
  client: pg.Client,
  reachOf: ReachOf,
  items: Item[],
  whenLocked: "wait" | "skip",
): Promise<Outcome> {
  const fates = new Map<Item, Fate>();
  const rows = await lockConversations(client, items, whenLocked);
  if (whenLocked === "skip") await passLockedWaitLists(client, rows);
  const missing = items.filter((item) => !rows.has(item.entry.conversationId));
  const known = whenLocked === "skip" ? await knownAmong(client, missing) : new Set<string>();
  for (const item of missing) {
    fates.set(
      item,
      known.has(item.entry.conversationId) ? { kind: "locked" } : refused("conversation_unknown"),
    );
  }

  const leaders = new Map<string, Item>();
  const stored: Stored[] = [];
  const input: object[] = [];
  for (const item of items) {
    const row = rows.get(item.entry.conversationId);
    if (!row) continue;
    const subject = subjectOf(row);
    const against = reasonAgainst(item.entry.principal, "message.send", subject);
    if (against !== null) fates.set(item, refused(against));
    // A repeat of what was stored is answered even when the chat is closed by now, to whoever may see the chat.
    if (against !== null && reasonAgainst(item.entry.principal, "conversation.read", subject) !== null)
      continue;
    const key = keyOf(item);
    if (leaders.has(key)) continue;
    leaders.set(key, item);
    const delivery = deliveryOf(item.entry, reachOf(row.channel_kind));
    input.push(toInput(item.entry, stored.push({ item, delivery }) - 1, delivery, against === null));
  }

  const { inserted, changes } = await insertAndCommit(client, { input, stored, rows });
  for (const row of inserted) {
    const item = stored[row.place]?.item;
    if (item)
      fates.set(item, { kind: "appended", appended: { seq: row.seq, at: row.at, repeated: row.repeated } });
  }
  for (const item of items) {
    const leader = leaders.get(keyOf(item));
    const fate = leader && leader !== item ? fates.get(leader) : undefined;
    if (fate) fates.set(item, fate.kind === "appended" ? repeated(fate.appended) : fate);
  }
  return { fates, changes };
}

/** BEGIN, the organisations and the lock travel together: one round trip. */
async function lockConversations(
  client: pg.Client,
  items: Item[],
  whenLocked: "wait" | "skip",
): Promise<Map<string, LockedRow>> {
  const begin = beginFor([...new Set(items.map((item) => item.entry.organisationId))]);
  const [, locked] = await Promise.all([
    client.query(begin),
    client.query<LockedRow>({
      name: `append_lock_${whenLocked}`,
      text: lockStatement(whenLocked),
      values: [JSON.stringify(conversationsOf(items))],
    }),
  ]);
  return new Map(locked.rows.map((row) => [row.id, row]));
}

/** A message into a waiting chat moves the wait list: where that is locked elsewhere, the chat counts as locked too. */
async function passLockedWaitLists(client: pg.Client, rows: Map<string, LockedRow>): Promise<void> {
  const waiting = [...rows.values()].filter((row) => row.status === "waiting");
  if (waiting.length === 0) return;
  const organisations = [...new Set(waiting.map((row) => row.organisation_id))];
  const free = await client.query<{ organisation_id: string }>(lockWaitListsStatement, [organisations]);
  const held = new Set(free.rows.map((row) => row.organisation_id));
  for (const row of waiting) if (!held.has(row.organisation_id)) rows.delete(row.id);
}

/** Which of these conversations exist: the rest of what SKIP LOCKED left out is locked by somebody. */
async function knownAmong(client: pg.Client, items: Item[]): Promise<Set<string>> {
  if (items.length === 0) return new Set();
  const ids = items.map((item) => item.entry.conversationId);
  const result = await client.query<{ id: string }>(
    "SELECT id FROM conversations WHERE id = ANY ($1::uuid[])",
    [ids],
  );
  return new Set(result.rows.map((row) => row.id));
}

async function insertAndCommit(
  client: pg.Client,
  batch: { input: object[]; stored: Stored[]; rows: Map<string, LockedRow> },
): Promise<{ inserted: InsertedRow[]; changes: Change[] }> {
  const { input, stored, rows } = batch;
  if (input.length === 0) {
    await client.query("COMMIT");
    return { inserted: [], changes: [] };
  }
  const insert = client.query<InsertedRow>({
    name: "append_insert",
    text: insertStatement,
    values: [JSON.stringify(input)],
  });
  const touchesWaitList = stored.some(
    ({ item }) => rows.get(item.entry.conversationId)?.status === "waiting",
  );
  if (!touchesWaitList) {
    // The commit travels right behind the insert; after a failed insert it is a rollback.
    const [{ rows: inserted }] = await Promise.all([insert, client.query("COMMIT")]);
    return { inserted, changes: entryChanges(stored, inserted, rows) };
  }
  const inserted = (await insert).rows;
  const changes = entryChanges(stored, inserted, rows);
  changes.push(...(await waitingChanges(client, changes, rows)));
  await client.query("COMMIT");
  return { inserted, changes };
}

/** What the customer is to see and their client does not fetch itself is handed to the channel. */
function deliveryOf(entry: NewEntry, reach: Channel["reach"]): Delivery {
  const outgoing = entry.author.kind !== "customer" && entry.audience === "everybody";
  return outgoing && reach === "delivered" ? "pending" : "none";
}

const keyOf = (item: Item) => `${item.entry.conversationId} ${item.entry.clientId}`;

function subjectOf(row: LockedRow): ConversationSubject {
  return {
    organisationId: row.organisation_id,
    customerId: row.customer_id,
    status: row.status,
    claimedBy: row.claimed_by,
  };
}

const refused = (code: ConstructorParameters<typeof Refusal>[0]): Fate => ({
  kind: "refused",
  refusal: new Refusal(code),
});
const repeated = (appended: Appended): Fate => ({
  kind: "appended",
  appended: { ...appended, repeated: true },
});

function conversationsOf(items: Item[]): { organisation_id: string; id: string }[] {
  const organisations = new Map(items.map((item) => [item.entry.conversationId, item.entry.organisationId]));
  return [...organisations].map(([id, organisation_id]) => ({ organisation_id, id }));
}

function toInput(entry: NewEntry, place: number, delivery: Delivery, allowed: boolean): object {
  return {
    place,
    organisation_id: entry.organisationId,
    conversation_id: entry.conversationId,
    client_id: entry.clientId,
    author_kind: entry.author.kind,
    user_id: entry.author.userId,
    author_name: entry.author.name,
    audience: entry.audience,
    occurrence: entry.occurrence,
    delivery,
    allowed,
  };
}
