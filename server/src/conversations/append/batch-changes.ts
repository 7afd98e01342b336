import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import type { Change } from "../changes.ts";
import { advanceLists, listKey, waitingList } from "../list-versions.ts";
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

/** The wait list shows each chat's last words: a message into a waiting chat is a step of that list. */
export async function waitingChanges(client: pg.Client, numbered: Numbered[]): Promise<Change[]> {
  const waiting = new Set(numbered.map(({ row }) => row).filter(({ status }) => status === "waiting"));
  if (waiting.size === 0) return [];
  const byOrganisation = Map.groupBy(waiting, (row) => row.organisation_id);
  const transaction = drizzle(client);
  const lines = await readWaiting(
    transaction,
    Array.from(waiting, (row) => row.id),
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
      changed: ofOrganisation.flatMap((row) => lines.get(row.id) ?? []),
      removed: [],
    };
  });
}
