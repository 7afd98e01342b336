import type { QuickReply, WrittenQuickReply } from "@grata/contract/quick-replies";
import { v7 as newId } from "uuid";
import type { Asker } from "../../foundation/access/principal.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { quickReplies } from "../../foundation/schema/quick-replies.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { findByKeys, quickReplyTaken, roomIn } from "./find.ts";
import { lockLists, requireList, type Scope } from "./lists.ts";
import { noteQuickReplies } from "./note.ts";
import { presentQuickReply } from "./present.ts";
import { rowOf } from "./row.ts";

/** Adds a quick reply to a list. Throws `quick_reply_taken` and `too_many_quick_replies`. */
export function createQuickReply(
  storage: Storage,
  asker: Asker,
  scope: Scope,
  written: WrittenQuickReply,
): Promise<QuickReply> {
  const list = requireList(asker, scope);
  const { organisationId, ownerId } = list;
  return storage.inOrganisation(organisationId, async (transaction) => {
    await lockLists(transaction, list);
    const row = { organisationId, ownerId, id: newId(), changedAt: new Date(), ...rowOf(written) };
    if ((await findByKeys(transaction, list, [row.key])).size > 0) throw quickReplyTaken();
    if ((await roomIn(transaction, list)) < 1) throw new Refusal("too_many_quick_replies");
    await transaction.insert(quickReplies).values(row);
    await noteQuickReplies(transaction, list, "quick_reply.created", [{ row }]);
    return presentQuickReply(row);
  });
}
