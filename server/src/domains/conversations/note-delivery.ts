import { and, eq } from "drizzle-orm";
import type { Conversation } from "../../foundation/schema/conversations.ts";
import { conversations, entries } from "../../foundation/schema/conversations.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import type { Change, DeliveryChange } from "./changes.ts";

/**
 * Notes what became of an entry of a conversation that the transaction at hand has locked: the next change of its
 * delivery states. Whoever misses the news of it sees by the number that something is missing.
 */
export async function noteDelivery(
  transaction: Transaction,
  { organisationId, id: conversationId, claimedBy, queueId, status, deliveryVersion: before }: Conversation,
  { seq, delivery, deliveryReason }: Omit<DeliveryChange, "deliveryVersion">,
): Promise<Change> {
  const state = { delivery, deliveryVersion: before + 1, deliveryReason };
  await transaction
    .update(conversations)
    .set({ deliveryVersion: state.deliveryVersion })
    .where(and(eq(conversations.organisationId, organisationId), eq(conversations.id, conversationId)));
  await transaction
    .update(entries)
    .set(state)
    .where(
      and(
        eq(entries.organisationId, organisationId),
        eq(entries.conversationId, conversationId),
        eq(entries.seq, seq),
      ),
    );
  const team = status === "waiting" || claimedBy === null ? { queueId } : { userId: claimedBy };
  return { kind: "deliveries", organisationId, conversationId, team, states: [{ seq, ...state }] };
}
