import { and, eq } from "drizzle-orm";
import type { Visitor } from "../access/principal.ts";
import { customerChange } from "../customers/customer-change.ts";
import { noteContact } from "../customers/note-contact.ts";
import type { Transaction } from "../storage/storage.ts";
import type { Change } from "./changes.ts";
import { lineChanges } from "./line-changes.ts";
import { conversations } from "./tables.ts";

/**
 * A customer leaves their address in a chat that is open already: from now on it is answered by mail, and the line of
 * it in the list says so at once. The last statements of their transaction: the list stays locked.
 */
export async function leaveContact(
  transaction: Transaction,
  visitor: Visitor,
  conversationId: string,
  contact: Parameters<typeof noteContact>[2],
): Promise<Change[]> {
  const { organisationId, customerId } = visitor;
  // The customer before the chat: the order of all locks.
  await noteContact(transaction, visitor, contact);
  const rows = await transaction
    .update(conversations)
    .set({ answersByMail: true })
    .where(and(eq(conversations.organisationId, organisationId), eq(conversations.id, conversationId)))
    .returning();
  return [
    ...(await lineChanges(transaction, organisationId, rows)),
    customerChange(organisationId, [customerId]),
  ];
}
