import { and, eq } from "drizzle-orm";
import type { Principal } from "../../foundation/access/principal.ts";
import { requireAccess, requireUser } from "../../foundation/access/require-access.ts";
import { users } from "../../foundation/schema/accounts.ts";
import { conversations } from "../../foundation/schema/conversations.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import type { Change } from "./changes.ts";
import { authorOf } from "./entry.ts";
import { lockConversation } from "./find.ts";
import { releaseChats } from "./release.ts";

/** Puts a chat that the user serves back on the wait list. */
export function handBack(
  storage: Storage,
  principal: Principal,
  { conversationId }: { conversationId: string },
): Promise<Change[]> {
  const user = requireUser(principal, "current.list");
  const { organisationId, userId } = user;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const open = await lockConversation(transaction, organisationId, conversationId);
    requireAccess(user, "conversation.release", open);
    const which = eq(conversations.id, conversationId);
    return releaseChats(transaction, { organisationId, userId, which }, authorOf(user));
  });
}

/**
 * Puts all chats that the user serves back on the wait list. A claim of theirs that is under way is waited for, and
 * what it took goes back too.
 */
export function handBackAll(
  storage: Storage,
  principal: Principal,
): Promise<{ released: number; changes: Change[] }> {
  const user = requireUser(principal, "conversation.releaseAll");
  const { organisationId, userId } = user;
  return storage.inOrganisation(organisationId, async (transaction) => {
    // Claims share this lock (`requireActive`).
    await transaction
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.organisationId, organisationId), eq(users.id, userId)))
      .for("no key update");
    const changes = await releaseChats(transaction, { organisationId, userId }, authorOf(user));
    const released = changes.reduce(
      (sum, change) => sum + (change.kind === "current" ? change.removed.length : 0),
      0,
    );
    return { released, changes };
  });
}
