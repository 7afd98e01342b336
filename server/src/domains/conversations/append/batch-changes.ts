import type { CurrentConversation } from "@grata/contract/conversations";
import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import type { Change } from "../changes.ts";
import { advanceLists, listKey, waitingListOf } from "../list-versions.ts";
import { readOneCurrent } from "../read-current.ts";
import { readWaiting } from "../read-waiting.ts";
import type { Numbered } from "./numbering.ts";

/** The new entries, gathered by conversation, in the order of their numbers. */
export function entryChanges(numbered: Numbered[], at: Date): Change[] {
  return [...Map.groupBy(numbered, ({ row }) => row)].map(([row, ofRow]) => {
    const connections = new Set(ofRow.map(({ item }) => item.entry.connectionId));
    const [only = null] = connections.size === 1 ? connections : [];
    return {
      kind: "entries",
      organisationId: row.organisation_id,
      conversationId: row.id,
      customerId: row.customer_id,
      claimedBy: row.claimed_by,
      entries: ofRow.map(({ item, seq, delivery }) => {
        const { author, audience, occurrence, clientId } = item.entry;
        return { seq, author, audience, occurrence, delivery, clientId, at };
      }),
      knownTo: only,
    };
  });
}

/**
 * The wait list shows each chat's last words: a message into a waiting chat is a step of that list, or with a test of
 * its tester's own one.
 */
export async function waitingChanges(client: pg.Client, numbered: Numbered[]): Promise<Change[]> {
  const waiting = [...new Set(numbered.map(({ row }) => row).filter(({ status }) => status === "waiting"))];
  if (waiting.length === 0) return [];
  const byList = Map.groupBy(waiting, (row) => listKey(row.organisation_id, waitingListOf(row.tester_id)));
  const transaction = drizzle(client);
  const lines = await readWaiting(
    transaction,
    waiting.map((row) => row.id),
  );
  const tests = new Map<string, CurrentConversation>();
  for (const { id, organisation_id: organisationId, tester_id: userId } of waiting) {
    if (userId !== null) tests.set(id, await readOneCurrent(transaction, { organisationId, userId }, id));
  }
  const lists = [...byList.values()].flatMap(([first]) => first ?? []);
  const versions = await advanceLists(
    transaction,
    lists.map(({ organisation_id: organisationId, tester_id: testerId }) => ({
      organisationId,
      list: waitingListOf(testerId),
      growth: 0,
    })),
  );
  return lists.map(({ organisation_id: organisationId, tester_id: userId }): Change => {
    const key = listKey(organisationId, waitingListOf(userId));
    const { version = 0, size: total = 0 } = versions.get(key) ?? {};
    const ofList = byList.get(key) ?? [];
    if (userId !== null) {
      const changed = ofList.flatMap((row) => tests.get(row.id) ?? []);
      return { kind: "current", organisationId, userId, version, changed, removed: [] };
    }
    const changed = ofList.flatMap((row) => lines.get(row.id) ?? []);
    return { kind: "waiting", organisationId, version, total, changed, removed: [] };
  });
}
