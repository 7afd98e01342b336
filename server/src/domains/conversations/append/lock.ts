import type pg from "pg";
import type { ConversationSubject } from "../../../foundation/access/permissions.ts";
import { beginFor, type OwnConnection } from "../../../foundation/storage/storage.ts";
import type { Item } from "./item.ts";

export type WhenLocked = "wait" | "skip";

/** A conversation as it is while this transaction holds it. */
export type LockedRow = {
  organisation_id: string;
  id: string;
  channel_id: string;
  customer_id: string;
  status: ConversationSubject["status"];
  claimed_by: string | null;
  queue_id: string;
  is_test: boolean;
  head: number;
  answers_by_mail: boolean;
  channel_kind: string;
};

/** In the order of their ids, so that two writers never wait for each other in a circle. */
const lockStatement = (whenLocked: WhenLocked) => `
  SELECT c.organisation_id, c.id, c.channel_id, c.customer_id, c.status, c.claimed_by, c.queue_id, c.is_test, c.head,
    c.answers_by_mail, channel.kind AS channel_kind
  FROM conversations c
  JOIN channels channel ON (channel.organisation_id, channel.id) = (c.organisation_id, c.channel_id)
  WHERE c.organisation_id = ANY ($1::uuid[]) AND c.id = ANY ($2::uuid[])
  ORDER BY c.organisation_id, c.id
  FOR NO KEY UPDATE OF c ${whenLocked === "skip" ? "SKIP LOCKED" : ""}`;

/** Opens the transaction of a batch and locks its conversations. */
export async function lockConversations(
  { client, together }: OwnConnection,
  items: Item[],
  whenLocked: WhenLocked,
): Promise<Map<string, LockedRow>> {
  const organisations = [...new Set(items.map(({ entry }) => entry.organisationId))];
  const ids = [...new Set(items.map(({ entry }) => entry.conversationId))];
  // BEGIN, the organisations and the lock travel together: one round trip.
  const [, locked] = await together(() =>
    Promise.all([
      client.query(beginFor(organisations)),
      client.query<LockedRow>({
        name: `append_lock_${whenLocked}`,
        text: lockStatement(whenLocked),
        values: [organisations, ids],
      }),
    ]),
  );
  return new Map(locked.rows.map((row) => [row.id, row]));
}

/** Which of these conversations exist: the rest of what SKIP LOCKED left out is locked by somebody. */
export async function existingAmong(client: pg.Client, items: Item[]): Promise<Set<string>> {
  if (items.length === 0) return new Set();
  const result = await client.query<{ id: string }>(
    "SELECT id FROM conversations WHERE organisation_id = ANY ($1::uuid[]) AND id = ANY ($2::uuid[])",
    [items.map(({ entry }) => entry.organisationId), items.map(({ entry }) => entry.conversationId)],
  );
  return new Set(result.rows.map((row) => row.id));
}
