import type { RequestInput } from "@grata/contract/realtime";
import { and, eq, gt } from "drizzle-orm";
import type { Principal } from "../../foundation/access/principal.ts";
import { requireAccess, requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { type Conversation, entries } from "../../foundation/schema/conversations.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import type { Change } from "./changes.ts";
import { closeChats } from "./close-chats.ts";
import { authorOf } from "./entry.ts";
import { lockConversation } from "./find.ts";

/**
 * Closes a chat that the user serves. The customer's next message opens a new one. Throws `customer_wrote_meanwhile` if
 * they wrote after what the agent had `seen`: those words would be closed unread.
 */
export function close(
  storage: Storage,
  principal: Principal,
  { conversationId, seen }: RequestInput<"conversation.close">,
): Promise<Change[]> {
  const user = requireUser(principal, "current.list");
  const { organisationId } = user;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const open = await lockConversation(transaction, organisationId, conversationId);
    requireAccess(user, "conversation.close", open);
    if (seen !== undefined && (await wroteAfter(transaction, open, seen))) {
      throw new Refusal("customer_wrote_meanwhile");
    }
    return closeChats(transaction, organisationId, [open], authorOf(user));
  });
}

async function wroteAfter(
  transaction: Transaction,
  { organisationId, id, head, unansweredSince }: Conversation,
  seen: number,
): Promise<boolean> {
  if (unansweredSince === null || head <= seen) return false;
  const [unseen] = await transaction
    .select({ seq: entries.seq })
    .from(entries)
    .where(
      and(
        eq(entries.organisationId, organisationId),
        eq(entries.conversationId, id),
        gt(entries.seq, seen),
        eq(entries.authorKind, "customer"),
      ),
    )
    .limit(1);
  return unseen !== undefined;
}
