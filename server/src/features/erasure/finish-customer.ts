import { and, asc, eq, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { Change } from "../../domains/conversations/changes.ts";
import { closeChats } from "../../domains/conversations/close-chats.ts";
import { customerChange } from "../../domains/conversations/customer-change.ts";
import { lockOpenChats } from "../../domains/customers/person.ts";
import { conversations } from "../../foundation/schema/conversations.ts";
import { customers } from "../../foundation/schema/customers.ts";
import { files } from "../../foundation/schema/media.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import type { Place } from "./clear-conversation.ts";

/** Some of the conversations of a customer that are still to be cleared, the oldest first. */
export function chatsToClear(
  storage: Storage,
  { organisationId, id }: Place,
  most: number,
): Promise<Place[]> {
  return storage.inOrganisation(organisationId, (transaction) =>
    transaction
      .select({ organisationId: conversations.organisationId, id: conversations.id })
      .from(conversations)
      .where(
        and(
          eq(conversations.organisationId, organisationId),
          eq(conversations.customerId, id),
          isNull(conversations.erasedAt),
        ),
      )
      .orderBy(asc(conversations.id))
      .limit(most),
  );
}

/**
 * Closes what a node of the release before let this customer open since. A closed one alone can be cleared.
 */
export function closeLateChats(storage: Storage, { organisationId, id }: Place): Promise<Change[]> {
  return storage.inOrganisation(organisationId, async (transaction) => {
    const open = await lockOpenChats(transaction, organisationId, [id]);
    return closeChats(transaction, organisationId, open, { kind: "system", userId: null, name: null });
  });
}

/** Notes that nothing is left of a customer, with what they uploaded and never sent. Null: something is left. */
export function finishCustomer(storage: Storage, { organisationId, id }: Place): Promise<Change[] | null> {
  return storage.inOrganisation(organisationId, async (transaction) => {
    const [left] = await transaction
      .select({ id: conversations.id })
      .from(conversations)
      .where(
        and(
          eq(conversations.organisationId, organisationId),
          eq(conversations.customerId, id),
          or(isNull(conversations.erasedAt), isNotNull(conversations.erasingFrom)),
        ),
      )
      .limit(1);
    if (left) return null;
    await transaction
      .delete(files)
      .where(and(eq(files.organisationId, organisationId), eq(files.customerId, id), isNull(files.sentWith)));
    const finished = await transaction
      .update(customers)
      .set({ erasedAt: sql`statement_timestamp()` })
      .where(
        and(eq(customers.organisationId, organisationId), eq(customers.id, id), isNull(customers.erasedAt)),
      )
      .returning({ id: customers.id });
    return finished.length > 0 ? [customerChange(organisationId, [id])] : [];
  });
}
