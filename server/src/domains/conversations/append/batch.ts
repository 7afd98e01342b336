import type { ErrorCode } from "@grata/contract/errors";
import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import type { ConversationSubject } from "../../../foundation/access/permissions.ts";
import { reasonAgainst } from "../../../foundation/access/require-access.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import type { OwnConnection } from "../../../foundation/storage/storage.ts";
import { fileIn, takeFiles } from "../../media/take-files.ts";
import type { Change } from "../changes.ts";
import { entryChanges, entryOf } from "./batch-changes.ts";
import { insertNumbered } from "./insert.ts";
import type { Appended, Item } from "./item.ts";
import { existingAmong, type LockedRow, lockConversations, type WhenLocked } from "./lock.ts";
import { type Held, type Numbered, number, type WaysOf } from "./numbering.ts";
import { queueAnswers } from "./queue-answers.ts";
import { findRepeats, keyOf } from "./repeats.ts";

/** What became of each item, to be told once the batch is committed. */
type Fate =
  | { kind: "appended"; appended: Appended }
  | { kind: "refused"; refusal: Refusal }
  | { kind: "locked" };

export type Outcome = { fates: Map<Item, Fate>; changes: Change[] };

/** How a batch is stored. The careful ways cost more and are taken once the quick ones have failed. */
export type Way = {
  /** `wait` fails with 55P03 after the connection's lock_timeout; `skip` calls what is locked elsewhere `locked`. */
  whenLocked: WhenLocked;
  /** `unlikely` fails with 23505 on the index `entries_client` where one of the messages is stored already. */
  repeats: "unlikely" | "expected";
};

/** Stores items in one short transaction, in their order within each conversation. */
export async function storeBatch(
  connection: OwnConnection,
  waysOf: WaysOf,
  items: Item[],
  way: Way,
): Promise<Outcome> {
  const { client } = connection;
  const rows = await lockConversations(connection, items, way.whenLocked);
  const held = items.flatMap((item) => withRow(item, rows));
  const fates = await fatesOfMissing(client, items, held, way.whenLocked);
  for (const one of held) {
    const against = reasonAgainst(one.item.entry.principal, "message.send", subjectOf(one));
    if (against !== null) fates.set(one.item, refused(against));
  }
  // A repeat of what was stored is answered even when the chat is closed by now, to whoever may see the chat.
  // Of one with a file it must be known before: its file has been taken by itself.
  const asked = held.filter((one) =>
    fates.has(one.item)
      ? mayRead(one)
      : way.repeats === "expected" || fileIn(one.item.entry.occurrence) !== null,
  );
  const repeats = await findRepeats(
    client,
    asked.map(({ item }) => item),
  );
  for (const { item } of asked) {
    const appended = repeats.get(keyOf(item.entry));
    if (appended) fates.set(item, { kind: "appended", appended });
  }

  for (const item of await withoutTheirFile(client, held, fates)) fates.set(item, refused("file_unknown"));

  const twins = Map.groupBy(
    held.filter(({ item }) => !fates.has(item)),
    ({ item }) => keyOf(item.entry),
  );
  const firsts = [...twins.values()].flatMap(([first]) => first ?? []);
  const numbered = number(firsts, waysOf);
  const { at, changes } = await insertAndCommit(connection, numbered);
  for (const one of numbered) {
    const { item: first, seq } = one;
    const entry = entryOf(one, at);
    for (const { item } of twins.get(keyOf(first.entry)) ?? [])
      fates.set(item, { kind: "appended", appended: { seq, at, entry, repeated: item !== first } });
  }
  return { fates, changes };
}

function withRow(item: Item, rows: Map<string, LockedRow>): Held[] {
  const row = rows.get(item.entry.conversationId);
  return row?.organisation_id === item.entry.organisationId ? [{ item, row }] : [];
}

/** What has no row under its lock does not exist, or was skipped because somebody else holds it. */
async function fatesOfMissing(
  client: pg.Client,
  items: Item[],
  held: Held[],
  whenLocked: Way["whenLocked"],
): Promise<Map<Item, Fate>> {
  if (held.length === items.length) return new Map();
  const found = new Set(held.map(({ item }) => item));
  const missing = items.filter((item) => !found.has(item));
  const existing = whenLocked === "skip" ? await existingAmong(client, missing) : new Set<string>();
  return new Map(
    missing.map((item) => [
      item,
      existing.has(item.entry.conversationId) ? { kind: "locked" } : refused("conversation_unknown"),
    ]),
  );
}

async function insertAndCommit(
  { client, together }: OwnConnection,
  numbered: Numbered[],
): Promise<{ at: Date; changes: Change[] }> {
  if (numbered.length === 0) {
    await client.query("COMMIT");
    return { at: new Date(0), changes: [] };
  }
  // The commit travels right behind the insert; after a failed insert it is a rollback.
  const [at] = await together(() =>
    Promise.all([insertNumbered(client, numbered), queueAnswers(client, numbered), client.query("COMMIT")]),
  );
  return { at, changes: entryChanges(numbered, at) };
}

/** Takes the files of those that are to be stored; the ones whose file is not there for them. */
async function withoutTheirFile(client: pg.Client, held: Held[], fates: Map<Item, Fate>): Promise<Item[]> {
  const wanted = held.flatMap(({ item, row }) => {
    const fileId = fates.has(item) ? null : fileIn(item.entry.occurrence);
    if (fileId === null) return [];
    const { organisationId, conversationId, clientId, author } = item.entry;
    const customerId = author.kind === "customer" ? row.customer_id : null;
    return [
      { item, take: { organisationId, conversationId, clientId, fileId, userId: author.userId, customerId } },
    ];
  });
  if (wanted.length === 0) return [];
  const isTaken = await takeFiles(
    drizzle(client),
    wanted.map(({ take }) => take),
  );
  return wanted.filter(({ take }) => !isTaken(take)).map(({ item }) => item);
}

function mayRead(held: Held): boolean {
  return reasonAgainst(held.item.entry.principal, "conversation.read", subjectOf(held)) === null;
}

function subjectOf({ row }: Held): ConversationSubject {
  return {
    organisationId: row.organisation_id,
    customerId: row.customer_id,
    status: row.status,
    claimedBy: row.claimed_by,
    queueId: row.queue_id,
    isTest: row.is_test,
  };
}

const refused = (code: ErrorCode): Fate => ({ kind: "refused", refusal: new Refusal(code) });
