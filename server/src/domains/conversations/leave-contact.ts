import { and, eq } from "drizzle-orm";
import type { Visitor } from "../../foundation/access/principal.ts";
import { conversations } from "../../foundation/schema/conversations.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import { noteContact } from "../customers/note-contact.ts";
import type { Change } from "./changes.ts";
import { customerChange } from "./customer-change.ts";
import { moveLines } from "./lists/move.ts";

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
    ...(await moveLines(
      transaction,
      organisationId,
      rows.map((row) => ({ before: row, after: row })),
    )),
    customerChange(organisationId, [customerId]),
  ];
}
