import type { Hit } from "@grata/contract/history";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { toChannel, toCustomer } from "../../domains/conversations/joins.ts";
import { survivors, toSurvivor } from "../../domains/customers/shown.ts";
import { users } from "../../foundation/schema/accounts.ts";
import { channels } from "../../foundation/schema/channels.ts";
import { conversations, entries } from "../../foundation/schema/conversations.ts";
import { customers } from "../../foundation/schema/customers.ts";
import { searchedMessages } from "../../foundation/schema/history.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import { type Narrowed, taggedCustomers } from "./filters.ts";
import { presentHit } from "./present.ts";
import { fold, holds, searchedText, type Wanted } from "./terms.ts";
import { maySee, type Sight } from "./visible.ts";

export type Looking = { narrowed: Narrowed; wanted: Wanted; sight: Sight };
export type Found = { number: number; hit: Hit };

/**
 * Those of these messages that are hits, newest first. The index knows the words' parts and what a message belongs to;
 * the words themselves, the time, the tag and who may read it are looked at here.
 */
export async function look(
  transaction: Transaction,
  { narrowed, wanted, sight }: Looking,
  numbers: number[],
): Promise<Found[]> {
  const { organisationId, from, to, tagId } = narrowed;
  const rows = await prepared(transaction).execute({
    organisationId,
    numbers,
    from: from === undefined ? null : new Date(from).toISOString(),
    to: to === undefined ? null : new Date(to).toISOString(),
    tagId: tagId ?? null,
  });
  return rows.flatMap((row) => {
    const text = searchedText(row.entry.occurrence);
    const folded = fold(text);
    if (!holds(folded.text, wanted) || !maySee(sight, row.conversation)) return [];
    return [{ number: row.number, hit: presentHit(row, wanted, { text, folded }) }];
  });
}

/** One statement for every search, so that the database plans it once a connection: planning it took longer than it takes. */
function prepared(transaction: Transaction) {
  const { placeholder } = sql;
  const from = sql`${placeholder("from")}::timestamptz`;
  const to = sql`${placeholder("to")}::timestamptz`;
  const tagId = sql`${placeholder("tagId")}::uuid`;
  const organisation = sql`${placeholder("organisationId")}::uuid`;
  return transaction
    .select({
      number: searchedMessages.number,
      entry: {
        seq: entries.seq,
        at: entries.at,
        authorKind: entries.authorKind,
        authorName: entries.authorName,
        occurrence: entries.occurrence,
      },
      conversation: {
        organisationId: conversations.organisationId,
        id: conversations.id,
        customerId: conversations.customerId,
        status: conversations.status,
        claimedBy: conversations.claimedBy,
        queueId: conversations.queueId,
        isTest: conversations.isTest,
      },
      customer: { id: customers.id, name: customers.name, teamName: customers.teamName },
      survivor: { id: survivors.id, name: survivors.name, teamName: survivors.teamName },
      channel: { kind: channels.kind, name: channels.name },
      writer: { id: users.id, name: users.name },
    })
    .from(searchedMessages)
    .innerJoin(
      entries,
      and(
        eq(entries.organisationId, searchedMessages.organisationId),
        eq(entries.conversationId, searchedMessages.conversationId),
        eq(entries.seq, searchedMessages.seq),
      ),
    )
    .innerJoin(
      conversations,
      and(
        eq(conversations.organisationId, searchedMessages.organisationId),
        eq(conversations.id, searchedMessages.conversationId),
      ),
    )
    .innerJoin(customers, toCustomer)
    .leftJoin(survivors, toSurvivor)
    .innerJoin(channels, toChannel)
    .leftJoin(users, and(eq(users.organisationId, entries.organisationId), eq(users.id, entries.userId)))
    .where(
      and(
        eq(searchedMessages.organisationId, organisation),
        // What is about to be erased is gone for whoever reads.
        isNull(conversations.erasedAt),
        sql`${searchedMessages.number} = ANY (${placeholder("numbers")}::integer[])`,
        sql`(${from} IS NULL OR ${searchedMessages.at} >= ${from})`,
        sql`(${to} IS NULL OR ${searchedMessages.at} < ${to})`,
        sql`(${tagId} IS NULL OR ${conversations.customerId} IN (${taggedCustomers(organisation, tagId)}))`,
      ),
    )
    .orderBy(desc(searchedMessages.number))
    .prepare("history_look");
}
