import { and, eq, inArray, sql } from "drizzle-orm";
import type { Conversation } from "../../foundation/schema/conversations.ts";
import { conversations } from "../../foundation/schema/conversations.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import type { Change } from "./changes.ts";
import type { Author } from "./entry.ts";
import { moveLines } from "./lists/move.ts";
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
  const changes = await moveLines(
    transaction,
    organisationId,
    chats.map((before) => ({ before, after: { ...before, status: "closed" } })),
  );
  return [...changes, ...rows.map(({ conversation, entry }) => entriesChange(conversation, [entry]))];
}
