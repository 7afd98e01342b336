import { and, eq, isNull, sql } from "drizzle-orm";
import type { Change } from "../../domains/conversations/changes.ts";
import { entriesChange, insertEntry, nextEntry } from "../../domains/conversations/log-entry.ts";
import type { Conversation } from "../../foundation/schema/conversations.ts";
import { conversations } from "../../foundation/schema/conversations.ts";
import { deliveries } from "../../foundation/schema/deliveries.ts";
import { mails } from "../../foundation/schema/mails.ts";
import { emptied } from "../../foundation/schema/personal-columns.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";

export type Place = { organisationId: string; id: string };

/**
 * Clears a closed conversation: from this commit on nobody is shown what was said in it. The last entry says so, so that
 * whoever has it on screen learns it as they learn of every entry, also if they were away. What the rows still hold is
 * taken out after that by `erase-content.ts`. Null: it is cleared already, is open, or somebody else has it.
 */
export function clearConversation(storage: Storage, place: Place): Promise<Cleared | null> {
  const { organisationId } = place;
  const own = and(eq(conversations.organisationId, organisationId), eq(conversations.id, place.id));
  return storage.inOrganisation(organisationId, async (transaction) => {
    const [conversation] = await transaction
      .select()
      .from(conversations)
      .where(and(own, eq(conversations.status, "closed"), isNull(conversations.erasedAt)))
      .for("no key update", { skipLocked: true });
    if (!conversation) return null;
    const head = conversation.head + 1;
    const [{ at } = { at: new Date() }] = await transaction
      .update(conversations)
      .set({
        head,
        erasedAt: sql`statement_timestamp()`,
        erasingFrom: 1,
        answersByMail: false,
        ...emptied(conversations),
      })
      .where(own)
      .returning({ at: sql<Date>`statement_timestamp()`.mapWith(conversations.erasedAt) });
    const system = { kind: "system", userId: null, name: null } as const;
    const entry = nextEntry(conversation, { kind: "cleared" }, system, at);
    await insertEntry(transaction, conversation, entry);
    await dropWhatWouldGoOut(transaction, conversation);
    return { conversationId: conversation.id, head, changes: [entriesChange(conversation, [entry])] };
  });
}

export type Cleared = { conversationId: string; head: number; changes: Change[] };

/** Mails with answers, sent or not, with the address that they went to; and what waits to be handed to the channel. */
async function dropWhatWouldGoOut(
  transaction: Transaction,
  { organisationId, id, channelId, customerId }: Conversation,
): Promise<void> {
  const dropped = await transaction
    .delete(mails)
    .where(and(eq(mails.organisationId, organisationId), eq(mails.conversationId, id)))
    .returning({ id: mails.id });
  if (dropped.length > 0) {
    const ids = dropped.map((mail) => mail.id);
    await transaction.execute(sql`SELECT system_forget_recipients(${sql.param(ids)}::uuid[])`);
  }
  await transaction
    .delete(deliveries)
    .where(
      and(
        eq(deliveries.organisationId, organisationId),
        eq(deliveries.channelId, channelId),
        eq(deliveries.customerId, customerId),
        eq(deliveries.conversationId, id),
      ),
    );
}
