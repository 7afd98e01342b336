import type { QuickReply, WrittenQuickReply } from "@grata/contract/quick-replies";
import { and, eq } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { quickReplies } from "../../foundation/schema/quick-replies.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { differences } from "../audit/note.ts";
import { findByKeys, findQuickReply, quickReplyTaken } from "./find.ts";
import { inList, lockLists, requireList, type Scope } from "./lists.ts";
import { noteQuickReplies } from "./note.ts";
import { presentQuickReply } from "./present.ts";
import { rowOf } from "./row.ts";

type Stored = Pick<typeof quickReplies.$inferSelect, "name" | "category" | "texts">;

/** Writes a quick reply anew. Throws `quick_reply_unknown` and `quick_reply_taken`. */
export function changeQuickReply(
  storage: Storage,
  asker: Asker,
  scope: Scope,
  id: string,
  written: WrittenQuickReply,
): Promise<QuickReply> {
  const list = requireList(asker, scope);
  return storage.inOrganisation(list.organisationId, async (transaction) => {
    await lockLists(transaction, list);
    const before = await findQuickReply(transaction, list, id);
    const row = rowOf(written);
    const namesake = (await findByKeys(transaction, list, [row.key])).get(row.key);
    if (namesake && namesake.id !== id) throw quickReplyTaken();
    const changes = changesOf(before, row);
    if (Object.keys(changes).length === 0) return presentQuickReply(before);
    const changed = { ...row, changedAt: new Date() };
    await transaction
      .update(quickReplies)
      .set(changed)
      .where(and(inList(list), eq(quickReplies.id, id)));
    await noteQuickReplies(transaction, list, "quick_reply.changed", [{ row: { ...row, id }, changes }]);
    return presentQuickReply({ ...changed, id });
  });
}

/** What differs, for the audit log. */
export function changesOf(before: Stored, after: Stored) {
  const shown = ({ name, category, texts }: Stored) => ({
    name,
    category,
    // In one order, whatever the order in which they were written.
    texts: Object.fromEntries(Object.entries(texts).sort(([one], [other]) => (one < other ? -1 : 1))),
  });
  return differences(shown(before), shown(after));
}
