import type { Principal } from "../../foundation/access/principal.ts";
import { requireAccess } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import type { Change } from "./changes.ts";
import { closeChats } from "./close-chats.ts";
import { authorOf } from "./entry.ts";
import { lockConversation } from "./find.ts";

/** Closes a chat that the user serves. The customer's next message opens a new one. */
export function close(
  storage: Storage,
  principal: Principal,
  input: { conversationId: string },
): Promise<Change[]> {
  requireAccess(principal, "current.list", null);
  if (principal.kind !== "user") throw new Refusal("forbidden");
  const { organisationId } = principal;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const open = await lockConversation(transaction, organisationId, input.conversationId);
    requireAccess(principal, "conversation.close", open);
    return closeChats(transaction, organisationId, [open], authorOf(principal));
  });
}
