import { and, inArray } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { quickReplies } from "../../foundation/schema/quick-replies.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { inList, requireList, type Scope } from "./lists.ts";
import { noteQuickReplies } from "./note.ts";

/** Deletes quick replies of a list, and tells how many of them were there. */
export function deleteQuickReplies(
  storage: Storage,
  asker: Asker,
  scope: Scope,
  ids: readonly string[],
): Promise<{ deleted: number }> {
  const list = requireList(asker, scope);
  return storage.inOrganisation(list.organisationId, async (transaction) => {
    const deleted = await transaction
      .delete(quickReplies)
      .where(and(inList(list), inArray(quickReplies.id, [...ids])))
      .returning({ id: quickReplies.id, name: quickReplies.name });
    await noteQuickReplies(
      transaction,
      list,
      "quick_reply.deleted",
      deleted.map((row) => ({ row })),
    );
    return { deleted: deleted.length };
  });
}
