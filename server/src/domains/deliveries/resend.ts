import { resendable } from "@grata/contract/entries";
import type { RequestInput } from "@grata/contract/realtime";
import { and, eq, sql } from "drizzle-orm";
import type { Principal } from "../../foundation/access/principal.ts";
import { requireAccess, requireUser } from "../../foundation/access/require-access.ts";
import type { Conversation } from "../../foundation/schema/conversations.ts";
import { entries } from "../../foundation/schema/conversations.ts";
import { deliveries, lanes } from "../../foundation/schema/deliveries.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import type { Change } from "../conversations/changes.ts";
import { lockConversation } from "../conversations/find.ts";
import { noteDelivery } from "../conversations/note-delivery.ts";

/**
 * Hands a message to its channel once more, behind what waits there already. Only where that came to nothing, as far as
 * anybody knows, and nothing became of it since whoever asks looked: asking twice sends once.
 */
export function resend(
  storage: Storage,
  principal: Principal,
  { conversationId, seq, deliveryVersion }: RequestInput<"message.resend">,
): Promise<Change[]> {
  const user = requireUser(principal, "current.list");
  const { organisationId } = user;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const conversation = await lockConversation(transaction, organisationId, conversationId);
    requireAccess(user, "message.send", conversation);
    const [entry] = await transaction
      .select({ delivery: entries.delivery, deliveryVersion: entries.deliveryVersion })
      .from(entries)
      .where(
        and(
          eq(entries.organisationId, organisationId),
          eq(entries.conversationId, conversationId),
          eq(entries.seq, seq),
        ),
      );
    if (entry?.deliveryVersion !== deliveryVersion || !resendable.includes(entry.delivery)) return [];
    await queue(transaction, conversation, seq);
    const again = { seq, delivery: "pending", deliveryReason: null } as const;
    return [await noteDelivery(transaction, conversation, again)];
  });
}

/** Puts one entry into the lane of its customer, as the append writer does; a lane that pauses goes on pausing. */
async function queue(
  transaction: Transaction,
  { organisationId, channelId, customerId, id: conversationId }: Conversation,
  seq: number,
): Promise<void> {
  await transaction
    .insert(lanes)
    .values({ organisationId, channelId, customerId, dueAt: sql`now()` })
    .onConflictDoUpdate({
      target: [lanes.organisationId, lanes.channelId, lanes.customerId],
      set: { dueAt: sql`COALESCE(${lanes.dueAt}, now())` },
    });
  await transaction.insert(deliveries).values({ organisationId, channelId, customerId, conversationId, seq });
}
