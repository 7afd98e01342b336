import { and, eq } from "drizzle-orm";
import type { Visitor } from "../access/principal.ts";
import { noteContact } from "../customers/note-contact.ts";
import type { Transaction } from "../storage/storage.ts";
import type { Change } from "./changes.ts";
import { advanceLists, currentList, listKey, waitingList } from "./list-versions.ts";
import { readOneCurrent } from "./read-current.ts";
import { readWaiting } from "./read-waiting.ts";
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
  const { organisationId } = visitor;
  const [row] = await transaction
    .update(conversations)
    .set({ answersByMail: true })
    .where(and(eq(conversations.organisationId, organisationId), eq(conversations.id, conversationId)))
    .returning();
  await noteContact(transaction, visitor, contact);
  if (row?.status === "waiting") {
    const changed = [...(await readWaiting(transaction, [conversationId])).values()];
    const held = (await advanceLists(transaction, [{ organisationId, list: waitingList, growth: 0 }])).get(
      listKey(organisationId, waitingList),
    );
    const { version = 0, size: total = 0 } = held ?? {};
    return [{ kind: "waiting", organisationId, version, total, changed, removed: [] }];
  }
  if (row?.status !== "claimed" || row.claimedBy === null) return [];
  const userId = row.claimedBy;
  const changed = [await readOneCurrent(transaction, { organisationId, userId }, conversationId)];
  const list = currentList(userId);
  const versions = await advanceLists(transaction, [{ organisationId, list, growth: 0 }]);
  const version = versions.get(listKey(organisationId, list))?.version ?? 0;
  return [{ kind: "current", organisationId, userId, version, changed, removed: [] }];
}
