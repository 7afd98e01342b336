import type { WaitingConversation } from "@grata/contract/conversations";
import { and, asc, eq, inArray, isNull, type SQL } from "drizzle-orm";
import { channels } from "../../foundation/schema/channels.ts";
import { conversations } from "../../foundation/schema/conversations.ts";
import { customers } from "../../foundation/schema/customers.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import { isIdentified } from "../customers/identities.ts";
import { survivors, toSurvivor } from "../customers/shown.ts";
import { toChannel, toCustomer } from "./joins.ts";
import { presentWaiting } from "./present.ts";

/** The lines of the wait list for these conversations, by id. Tests are not on it. */
export async function readWaiting(
  transaction: Transaction,
  conversationIds: string[],
): Promise<Map<string, WaitingConversation>> {
  const lines = await selectWaiting(
    transaction,
    inArray(conversations.id, conversationIds),
    conversationIds.length,
  );
  return new Map(lines.map((line) => [line.id, line]));
}

/** The wait list from its front, longest waiting first. */
export function readWaitList(transaction: Transaction, limit: number): Promise<WaitingConversation[]> {
  return selectWaiting(transaction, undefined, limit);
}

async function selectWaiting(
  transaction: Transaction,
  which: SQL | undefined,
  limit: number,
): Promise<WaitingConversation[]> {
  const rows = await transaction
    .select({
      conversation: conversations,
      customer: customers,
      identified: isIdentified,
      survivor: survivors,
      channel: channels,
    })
    .from(conversations)
    .innerJoin(customers, toCustomer)
    .leftJoin(survivors, toSurvivor)
    .innerJoin(channels, toChannel)
    .where(and(eq(conversations.status, "waiting"), isNull(conversations.testerId), which))
    .orderBy(asc(conversations.waitingSince), asc(conversations.id))
    .limit(limit);
  return rows.map(presentWaiting);
}
