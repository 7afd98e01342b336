import { sql } from "drizzle-orm";
import type { Principal } from "../access/principal.ts";
import { requireAccess } from "../access/require-access.ts";
import { Refusal } from "../refusal.ts";
import type { Storage } from "../storage/storage.ts";
import { findConversation } from "./find.ts";
import { readMarks } from "./tables.ts";

/** Remembers how far the one who asks has seen a conversation. It never moves back, and not past the head. */
export async function markRead(
  storage: Storage,
  principal: Principal,
  input: { conversationId: string; seq: number },
): Promise<void> {
  if (principal.kind === "nobody") throw new Refusal("sign_in_required");
  const { organisationId } = principal;
  const readerId = principal.kind === "user" ? principal.userId : principal.customerId;
  await storage.inOrganisation(organisationId, async (transaction) => {
    const conversation = await findConversation(transaction, organisationId, input.conversationId);
    requireAccess(principal, "conversation.read", conversation);
    const seq = Math.min(input.seq, conversation.head);
    await transaction
      .insert(readMarks)
      .values({ organisationId, conversationId: conversation.id, readerId, seq })
      .onConflictDoUpdate({
        target: [readMarks.organisationId, readMarks.conversationId, readMarks.readerId],
        set: { seq: sql`GREATEST(${readMarks.seq}, excluded.seq)` },
      });
  });
}
