import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { conversations } from "../../foundation/schema/conversations.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import type { Change } from "./changes.ts";
import type { Author, Entry } from "./entry.ts";
import { moveLines } from "./lists/move.ts";
import { entriesChange, insertEntries, nextEntry } from "./log-entry.ts";

/** The queue that a chat stands in; everybody's where it was a group that is deleted. */
const standingQueue = sql`CASE
  WHEN ${conversations.isTest} OR EXISTS (
    SELECT FROM user_groups g
    WHERE (g.organisation_id, g.id) = (${conversations.organisationId}, ${conversations.queueId}))
  THEN ${conversations.queueId} ELSE ${conversations.organisationId} END`;

/** The agent whose chats are released: all, or those that `which` picks, `limit` at most. */
type Held = { organisationId: string; userId: string; which?: SQL; limit?: number };

/**
 * Puts chats that a user serves back on the wait list, however many in the same few statements. Each has waited since
 * the customer's first word without a reply: so they come back to the place that they would have. The last statements
 * of the transaction: the lists stay locked.
 */
export async function releaseChats(
  transaction: Transaction,
  { organisationId, userId, which, limit }: Held,
  author: Author,
): Promise<Change[]> {
  const chosen = transaction
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        eq(conversations.organisationId, organisationId),
        eq(conversations.claimedBy, userId),
        eq(conversations.status, "claimed"),
        which,
      ),
    )
    // An update alone would lock them in any order.
    .orderBy(asc(conversations.id))
    .for("no key update");
  const held = await (limit === undefined ? chosen : chosen.limit(limit));
  if (held.length === 0) return [];
  const ids = held.map(({ id }) => id);
  const released = await transaction
    .update(conversations)
    .set({
      status: "waiting",
      claimedBy: null,
      claimedAt: null,
      queueId: standingQueue,
      waitingSince: sql`COALESCE(${conversations.unansweredSince}, statement_timestamp())`,
      head: sql`${conversations.head} + 1`,
    })
    .where(and(eq(conversations.organisationId, organisationId), inArray(conversations.id, ids)))
    .returning({
      id: conversations.id,
      organisationId: conversations.organisationId,
      customerId: conversations.customerId,
      head: conversations.head,
      queueId: conversations.queueId,
      isTest: conversations.isTest,
      at: sql<Date>`statement_timestamp()`.mapWith(conversations.waitingSince),
    });
  const rows = released.map((conversation) => {
    const before = { head: conversation.head - 1 };
    const next = nextEntry(before, { kind: "released" }, author, conversation.at);
    return { conversation, entry: { ...next, audience: "team" } satisfies Entry };
  });
  await insertEntries(transaction, rows);
  const changes = await moveLines(
    transaction,
    organisationId,
    released.map((conversation) => ({
      before: { ...conversation, status: "claimed", claimedBy: userId },
      after: { ...conversation, status: "waiting", claimedBy: null },
    })),
  );
  return [
    ...changes,
    ...rows.map(({ conversation, entry }) => entriesChange({ ...conversation, claimedBy: null }, [entry])),
  ];
}
