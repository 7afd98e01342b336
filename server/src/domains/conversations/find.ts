import { and, eq } from "drizzle-orm";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { type Conversation, conversations } from "../../foundation/schema/conversations.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";

const byId = (organisationId: string, id: string) =>
  and(eq(conversations.organisationId, organisationId), eq(conversations.id, id));

/** Reads a conversation of this organisation, or throws `conversation_unknown`. */
export async function findConversation(
  transaction: Transaction,
  organisationId: string,
  id: string,
): Promise<Conversation> {
  const [row] = await transaction.select().from(conversations).where(byId(organisationId, id));
  if (!row) throw new Refusal("conversation_unknown");
  return row;
}

/** The same, locked until the transaction ends: only the holder of this lock may append to its log. */
export async function lockConversation(
  transaction: Transaction,
  organisationId: string,
  id: string,
): Promise<Conversation> {
  const [row] = await transaction
    .select()
    .from(conversations)
    .where(byId(organisationId, id))
    .for("no key update");
  if (!row) throw new Refusal("conversation_unknown");
  return row;
}
