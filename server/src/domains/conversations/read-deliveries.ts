import type { RequestOutput } from "@grata/contract/realtime";
import { and, asc, eq, gt } from "drizzle-orm";
import type { Principal } from "../../foundation/access/principal.ts";
import { requireAccess, requireUser } from "../../foundation/access/require-access.ts";
import { entries } from "../../foundation/schema/conversations.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { findConversation } from "./find.ts";
import { presentDelivery } from "./present.ts";
import { withServedNow } from "./served-now.ts";

const atOnce = 200;

/** Reads the delivery changes after a given number, for clients that missed news of them. */
export function readDeliveriesAfter(
  storage: Storage,
  principal: Principal,
  { conversationId, after }: { conversationId: string; after: number },
): Promise<RequestOutput<"deliveries.after">> {
  const user = requireUser(principal, "current.list");
  const { organisationId } = user;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const conversation = await findConversation(transaction, organisationId, conversationId);
    const subject = await withServedNow(transaction, user, conversation);
    requireAccess(user, "conversation.read", subject);
    const rows = await transaction
      .select({
        seq: entries.seq,
        delivery: entries.delivery,
        deliveryVersion: entries.deliveryVersion,
        deliveryReason: entries.deliveryReason,
      })
      .from(entries)
      .where(
        and(
          eq(entries.organisationId, organisationId),
          eq(entries.conversationId, conversationId),
          gt(entries.deliveryVersion, after),
        ),
      )
      .orderBy(asc(entries.deliveryVersion))
      .limit(atOnce);
    const states = rows.map(({ deliveryVersion, ...row }) =>
      presentDelivery({ ...row, deliveryVersion: deliveryVersion ?? 0 }),
    );
    const last = states.at(-1)?.deliveryVersion ?? after;
    // The states were read after the conversation, and so may be ahead of it; a full page may be behind it.
    const version = rows.length < atOnce ? Math.max(last, conversation.deliveryVersion) : last;
    return { version, states };
  });
}
