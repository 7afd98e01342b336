import type { HistoryChat } from "@grata/contract/history";
import { and, asc, eq } from "drizzle-orm";
import { findConversation } from "../../domains/conversations/find.ts";
import { withServedNow } from "../../domains/conversations/served-now.ts";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireAccess, requireUser } from "../../foundation/access/require-access.ts";
import { users } from "../../foundation/schema/accounts.ts";
import { conversations } from "../../foundation/schema/conversations.ts";
import { participants } from "../../foundation/schema/history.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { selectConversations } from "./list.ts";
import { presentConversation } from "./present.ts";

/** One chat, with everybody of the team who took part in it. Throws `conversation_unknown`. */
export function readHistoryChat(
  storage: Storage,
  asker: Asker,
  conversationId: string,
): Promise<HistoryChat> {
  const user = requireUser(asker, "history.read");
  const { organisationId } = user;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const conversation = await findConversation(transaction, organisationId, conversationId);
    requireAccess(user, "conversation.read", await withServedNow(transaction, user, conversation));
    const [row] = await selectConversations(
      transaction,
      and(eq(conversations.organisationId, organisationId), eq(conversations.id, conversationId)),
      1,
    );
    if (!row) throw new Error("A conversation that was just read is gone.");
    const took = await transaction
      .select({ id: users.id, name: users.name })
      .from(participants)
      .innerJoin(
        users,
        and(eq(users.organisationId, participants.organisationId), eq(users.id, participants.userId)),
      )
      .where(
        and(eq(participants.organisationId, organisationId), eq(participants.conversationId, conversationId)),
      )
      .orderBy(asc(users.name), asc(users.id));
    return { conversation: presentConversation(row), users: took };
  });
}
