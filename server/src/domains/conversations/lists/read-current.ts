import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { channels } from "../../../foundation/schema/channels.ts";
import { conversations, entries, readMarks } from "../../../foundation/schema/conversations.ts";
import { customers } from "../../../foundation/schema/customers.ts";
import type { Transaction } from "../../../foundation/storage/storage.ts";
import { isIdentified } from "../../customers/identities.ts";
import { survivors, toSurvivor } from "../../customers/shown.ts";
import { toChannel, toCustomer } from "../joins.ts";
import { type CurrentLine, presentCurrent } from "../present.ts";

type Reader = { organisationId: string; userId: string };

/** More chats at once than anybody can serve. */
const currentLimit = 500;

/** A user's current chats, oldest claim first, with what they have not read. */
export function readCurrent(transaction: Transaction, reader: Reader): Promise<CurrentLine[]> {
  return selectCurrent(
    transaction,
    reader,
    and(
      eq(conversations.organisationId, reader.organisationId),
      eq(conversations.status, "claimed"),
      eq(conversations.claimedBy, reader.userId),
    ),
  );
}

/** Conversations as this user's list shows them, by id. */
export async function readCurrentLines(
  transaction: Transaction,
  reader: Reader,
  conversationIds: string[],
): Promise<Map<string, CurrentLine>> {
  const which = and(
    eq(conversations.organisationId, reader.organisationId),
    inArray(conversations.id, conversationIds),
  );
  return new Map((await selectCurrent(transaction, reader, which)).map((line) => [line.id, line]));
}

/** One conversation as this user's list shows it. */
export async function readOneCurrent(
  transaction: Transaction,
  reader: Reader,
  conversationId: string,
): Promise<CurrentLine> {
  const line = (await readCurrentLines(transaction, reader, [conversationId])).get(conversationId);
  if (!line) throw new Error("A conversation that was just locked is gone.");
  return line;
}

async function selectCurrent(
  transaction: Transaction,
  reader: Reader,
  which: SQL | undefined,
): Promise<CurrentLine[]> {
  const read = sql<number>`COALESCE(${readMarks.seq}, 0)`;
  const unread = sql<number>`(
    SELECT count(*)::integer FROM ${entries}
    WHERE ${entries.organisationId} = ${conversations.organisationId}
      AND ${entries.conversationId} = ${conversations.id}
      AND ${entries.seq} > ${read} AND ${entries.authorKind} = 'customer')`;
  const rows = await transaction
    .select({
      conversation: conversations,
      customer: customers,
      identified: isIdentified,
      survivor: survivors,
      channel: channels,
      read,
      unread,
    })
    .from(conversations)
    .innerJoin(customers, toCustomer)
    .leftJoin(survivors, toSurvivor)
    .innerJoin(channels, toChannel)
    .leftJoin(
      readMarks,
      and(
        eq(readMarks.organisationId, conversations.organisationId),
        eq(readMarks.conversationId, conversations.id),
        eq(readMarks.readerId, reader.userId),
      ),
    )
    .where(which)
    .orderBy(asc(conversations.claimedAt), asc(conversations.id))
    .limit(currentLimit);
  return rows.map(presentCurrent);
}
