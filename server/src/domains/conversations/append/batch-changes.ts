import type { Change } from "../changes.ts";
import type { Entry } from "../entry.ts";
import type { LockedRow } from "./lock.ts";
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
      team: hearers(row),
      entries: ofRow.map((one) => entryOf(one, at)),
      knownTo: only,
    };
  });
}

/** The entry that was stored. */
export function entryOf({ item, seq, delivery, occurrence }: Numbered, at: Date): Entry {
  const { author, audience, clientId } = item.entry;
  return { seq, author, audience, occurrence, delivery, clientId, at };
}

/** Names the team members who hear of new entries: the serving agent, or all who see the queue. */
function hearers({ claimed_by: userId, queue_id: queueId, status }: LockedRow) {
  return status === "waiting" || userId === null ? { queueId } : { userId };
}
