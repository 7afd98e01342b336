import { and, eq, sql } from "drizzle-orm";
import type { Principal } from "../../foundation/access/principal.ts";
import { requireAccess } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { conversations } from "../../foundation/schema/conversations.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import type { Change } from "./changes.ts";
import { lockConversation } from "./find.ts";
import { advanceLists, currentList, listKey } from "./list-versions.ts";
import { entriesChange, insertEntry, nextEntry } from "./log-entry.ts";

/** Closes a chat that the user serves. The customer's next message opens a new one. */
export function close(
  storage: Storage,
  principal: Principal,
  input: { conversationId: string },
): Promise<Change[]> {
  requireAccess(principal, "current.list", null);
  if (principal.kind !== "user") throw new Refusal("forbidden");
  const { organisationId, userId } = principal;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const open = await lockConversation(transaction, organisationId, input.conversationId);
    requireAccess(principal, "conversation.close", open);
    const [{ at } = { at: new Date() }] = await transaction
      .update(conversations)
      .set({
        status: "closed",
        closedAt: sql`statement_timestamp()`,
        head: open.head + 1,
        unansweredSince: null,
      })
      .where(and(eq(conversations.organisationId, organisationId), eq(conversations.id, open.id)))
      .returning({ at: sql<Date>`statement_timestamp()`.mapWith(conversations.closedAt) });
    const entry = nextEntry(open, { kind: "closed" }, { kind: "user", userId, name: principal.name }, at);
    await insertEntry(transaction, open, entry);
    const list = currentList(userId);
    const versions = await advanceLists(transaction, [{ organisationId, list, growth: -1 }]);
    const version = versions.get(listKey(organisationId, list))?.version ?? 0;
    return [
      { kind: "current", organisationId, userId, version, changed: [], removed: [open.id] },
      entriesChange(open, [entry]),
    ];
  });
}
