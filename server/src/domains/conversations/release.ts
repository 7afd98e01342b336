import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { conversations } from "../../foundation/schema/conversations.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import type { Change } from "./changes.ts";
import type { Author, Entry } from "./entry.ts";
import { advanceLists, currentList, listKey, waitingList } from "./list-versions.ts";
import { entriesChange, insertEntries, nextEntry } from "./log-entry.ts";
import { readOneCurrent } from "./read-current.ts";
import { readWaiting } from "./read-waiting.ts";

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
      waitingSince: sql`COALESCE(${conversations.unansweredSince}, statement_timestamp())`,
      head: sql`${conversations.head} + 1`,
    })
    .where(and(eq(conversations.organisationId, organisationId), inArray(conversations.id, ids)))
    .returning({
      id: conversations.id,
      organisationId: conversations.organisationId,
      customerId: conversations.customerId,
      head: conversations.head,
      testerId: conversations.testerId,
      at: sql<Date>`statement_timestamp()`.mapWith(conversations.waitingSince),
    });
  const rows = released.map((conversation) => {
    const before = { head: conversation.head - 1 };
    const next = nextEntry(before, { kind: "released" }, author, conversation.at);
    return { conversation, entry: { ...next, audience: "team" } satisfies Entry };
  });
  await insertEntries(transaction, rows);
  const changed = [...(await readWaiting(transaction, ids)).values()];
  const removed = changed.map(({ id }) => id);
  // A test stays in its tester's list, and waits there.
  const tests = [];
  for (const { id, testerId } of released) {
    if (testerId !== null) tests.push(await readOneCurrent(transaction, { organisationId, userId }, id));
  }
  const list = currentList(userId);
  const versions = await advanceLists(transaction, [
    ...(changed.length > 0 ? [{ organisationId, list: waitingList, growth: changed.length }] : []),
    { organisationId, list, growth: -changed.length },
  ]);
  const waiting = versions.get(listKey(organisationId, waitingList));
  const current = versions.get(listKey(organisationId, list))?.version ?? 0;
  const joined: Change = {
    kind: "waiting",
    organisationId,
    version: waiting?.version ?? 0,
    total: waiting?.size ?? 0,
    changed,
    removed: [],
  };
  return [
    ...(changed.length > 0 ? [joined] : []),
    { kind: "current", organisationId, userId, version: current, changed: tests, removed },
    ...rows.map(({ conversation, entry }) => entriesChange({ ...conversation, claimedBy: null }, [entry])),
  ];
}
