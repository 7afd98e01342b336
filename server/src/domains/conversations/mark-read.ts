import { sql } from "drizzle-orm";
import type { Principal } from "../../foundation/access/principal.ts";
import { requireAccess, requirePerson } from "../../foundation/access/require-access.ts";
import { readMarks } from "../../foundation/schema/conversations.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import type { Change } from "./changes.ts";
import { findConversation } from "./find.ts";

/**
 * Remembers how far the one who asks has seen a conversation. It never moves back, and not past the head. What a user
 * read is told to their other tabs: no step of a list, because it happens with each message and changes nobody else's.
 */
export async function markRead(
  storage: Storage,
  principal: Principal,
  input: { conversationId: string; seq: number; connectionId: string | null },
): Promise<Change[]> {
  const person = requirePerson(principal);
  const { organisationId } = person;
  const readerId = person.kind === "user" ? person.userId : person.customerId;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const conversation = await findConversation(transaction, organisationId, input.conversationId);
    requireAccess(person, "conversation.read", conversation);
    const seq = Math.min(input.seq, conversation.head);
    const moved = await transaction
      .insert(readMarks)
      .values({ organisationId, conversationId: conversation.id, readerId, seq })
      .onConflictDoUpdate({
        target: [readMarks.organisationId, readMarks.conversationId, readMarks.readerId],
        set: { seq },
        setWhere: sql`${readMarks.seq} < excluded.seq`,
      })
      .returning({ seq: readMarks.seq });
    if (moved.length === 0 || person.kind !== "user") return [];
    const { userId } = person;
    return [{ kind: "read", userId, conversationId: conversation.id, seq, knownTo: input.connectionId }];
  });
}
