import type { Principal, User, Visitor } from "../../../foundation/access/principal.ts";
import { requireAccess, requireBeforehand } from "../../../foundation/access/require-access.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import { findConversation } from "../find.ts";

/** Asked before a byte of a file is read: whoever may write into the chat may upload for it. */
export async function requireUploader(
  storage: Storage,
  principal: Principal,
  conversationId: string,
): Promise<User> {
  if (principal.kind === "nobody") throw new Refusal("sign_in_required");
  requireBeforehand(principal, "message.send");
  const conversation = await storage.inOrganisation(principal.organisationId, (transaction) =>
    findConversation(transaction, principal.organisationId, conversationId),
  );
  requireAccess(principal, "message.send", conversation);
  if (principal.kind !== "user") throw new Refusal("forbidden");
  return principal;
}

/** The same of a customer, who always has a chat to send into, or may open one. */
export function requireVisitor(principal: Principal): Visitor {
  requireAccess(principal, "conversation.open", null);
  if (principal.kind !== "visitor") throw new Refusal("forbidden");
  return principal;
}
