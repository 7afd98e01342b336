import type { Delivery } from "@grata/contract/entries";
import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import type { Change } from "../changes.ts";
import { advanceLists, listKey, waitingList } from "../list-versions.ts";
import { readWaiting } from "../read-waiting.ts";
import type { Item } from "./item.ts";
import type { InsertedRow, LockedRow } from "./statements.ts";

/** An item as it was handed to the database. */
export type Stored = { item: Item; delivery: Delivery };

/** The new entries, gathered by conversation, in the order of their numbers. */
export function entryChanges(
  stored: Stored[],
  inserted: InsertedRow[],
  rows: Map<string, LockedRow>,
): Change[] {
  const changes = new Map<string, Extract<Change, { kind: "entries" }>>();
  for (const { place, seq, at, repeated } of inserted.toSorted((one, other) => one.seq - other.seq)) {
    const one = stored[place];
    const row = one && rows.get(one.item.entry.conversationId);
    if (!one || !row || repeated) continue;
    const { author, audience, occurrence, clientId, connectionId } = one.item.entry;
    const entry = { seq, author, audience, occurrence, delivery: one.delivery, clientId, at };
    const change = changes.get(row.id);
    if (change) {
      change.entries.push(entry);
      if (change.knownTo !== connectionId) change.knownTo = null;
      continue;
    }
    changes.set(row.id, {
      kind: "entries",
      organisationId: row.organisation_id,
      conversationId: row.id,
      customerId: row.customer_id,
      claimedBy: row.claimed_by,
      entries: [entry],
      knownTo: connectionId,
    });
  }
  return [...changes.values()];
}

/** The wait list shows each chat's last words: a message into a waiting chat is a step of that list. */
export async function waitingChanges(
  client: pg.Client,
  changes: Change[],
  rows: Map<string, LockedRow>,
): Promise<Change[]> {
  const waiting = changes.flatMap((change) =>
    change.kind === "entries" && rows.get(change.conversationId)?.status === "waiting" ? [change] : [],
  );
  if (waiting.length === 0) return [];
  const byOrganisation = Map.groupBy(waiting, (change) => change.organisationId);
  const transaction = drizzle(client);
  const lines = await readWaiting(
    transaction,
    waiting.map((change) => change.conversationId),
  );
  const versions = await advanceLists(
    transaction,
    [...byOrganisation.keys()].map((organisationId) => ({ organisationId, list: waitingList, growth: 0 })),
  );
  return [...byOrganisation].map(([organisationId, ofOrganisation]) => {
    const held = versions.get(listKey(organisationId, waitingList));
    return {
      kind: "waiting",
      organisationId,
      version: held?.version ?? 0,
      total: held?.size ?? 0,
      changed: ofOrganisation.flatMap((change) => lines.get(change.conversationId) ?? []),
      removed: [],
    };
  });
}
