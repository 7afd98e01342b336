import type { WaitOrder } from "@grata/contract/realtime";
import { and, asc, desc, eq, inArray, type SQL } from "drizzle-orm";
import type { Queued } from "../../../foundation/access/queue.ts";
import { channels } from "../../../foundation/schema/channels.ts";
import { conversations } from "../../../foundation/schema/conversations.ts";
import { customers } from "../../../foundation/schema/customers.ts";
import type { Transaction } from "../../../foundation/storage/storage.ts";
import { isIdentified } from "../../customers/identities.ts";
import { survivors, toSurvivor } from "../../customers/shown.ts";
import { toChannel, toCustomer } from "../joins.ts";
import { presentWaiting, type WaitingLine } from "../present.ts";

/** The lines of wait lists for these conversations, by id. */
export async function readWaiting(
  transaction: Transaction,
  organisationId: string,
  conversationIds: string[],
): Promise<Map<string, WaitingLine>> {
  if (conversationIds.length === 0) return new Map();
  const lines = await selectWaiting(
    transaction,
    and(eq(conversations.organisationId, organisationId), inArray(conversations.id, conversationIds)),
    conversationIds.length,
  );
  return new Map(lines.map((line) => [line.id, line]));
}

/** The wait list of a queue from its front in this order. */
export function readWaitList(
  transaction: Transaction,
  { organisationId, queueId }: Pick<Queued, "organisationId" | "queueId">,
  { order, limit }: { order: WaitOrder; limit: number },
): Promise<WaitingLine[]> {
  const which = and(eq(conversations.organisationId, organisationId), eq(conversations.queueId, queueId));
  return selectWaiting(transaction, which, limit, order);
}

async function selectWaiting(
  transaction: Transaction,
  which: SQL | undefined,
  limit: number,
  order: WaitOrder = "longest",
): Promise<WaitingLine[]> {
  const direction = order === "longest" ? asc : desc;
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
    .where(and(eq(conversations.status, "waiting"), which))
    .orderBy(direction(conversations.waitingSince), direction(conversations.id))
    .limit(limit);
  return rows.map(presentWaiting);
}
