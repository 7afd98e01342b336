import { and, eq, inArray, sql } from "drizzle-orm";
import type { Conversation } from "../../foundation/schema/conversations.ts";
import { conversations } from "../../foundation/schema/conversations.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import type { Change } from "./changes.ts";
import type { Author } from "./entry.ts";
import { advanceLists, currentList, listKey, waitingList } from "./list-versions.ts";
import { entriesChange, insertEntries, nextEntry } from "./log-entry.ts";

/**
 * Closes open chats of one organisation, whoever serves them, waiting ones too. They are locked, and these are the last
 * statements of the transaction: the lists stay locked.
 */
export async function closeChats(
  transaction: Transaction,
  organisationId: string,
  chats: readonly Conversation[],
  by: Author,
): Promise<Change[]> {
  if (chats.length === 0) return [];
  const ids = chats.map(({ id }) => id);
  const closed = await transaction
    .update(conversations)
    .set({
      status: "closed",
      closedAt: sql`statement_timestamp()`,
      head: sql`${conversations.head} + 1`,
      unansweredSince: null,
    })
    .where(and(eq(conversations.organisationId, organisationId), inArray(conversations.id, ids)))
    .returning({ at: sql<Date>`statement_timestamp()`.mapWith(conversations.closedAt) });
  const at = closed[0]?.at ?? new Date();
  const rows = chats.map((conversation) => ({
    conversation,
    entry: nextEntry(conversation, { kind: "closed" }, by, at),
  }));
  await insertEntries(transaction, rows);
  const waiting = chats.filter(({ status }) => status === "waiting").map(({ id }) => id);
  const served = Map.groupBy(
    chats.filter(({ status }) => status === "claimed"),
    ({ claimedBy }) => claimedBy ?? "",
  );
  const steps = [
    ...(waiting.length > 0 ? [{ organisationId, list: waitingList, growth: -waiting.length }] : []),
    ...[...served].map(([userId, ofUser]) => ({
      organisationId,
      list: currentList(userId),
      growth: -ofUser.length,
    })),
  ];
  const held = await advanceLists(transaction, steps);
  const stepOf = (list: string) => held.get(listKey(organisationId, list)) ?? { version: 0, size: 0 };
  const changes: Change[] = [...served].map(([userId, ofUser]) => ({
    kind: "current",
    organisationId,
    userId,
    version: stepOf(currentList(userId)).version,
    changed: [],
    removed: ofUser.map(({ id }) => id),
  }));
  if (waiting.length > 0) {
    const { version, size: total } = stepOf(waitingList);
    changes.push({ kind: "waiting", organisationId, version, total, changed: [], removed: waiting });
  }
  return [...changes, ...rows.map(({ conversation, entry }) => entriesChange(conversation, [entry]))];
}
