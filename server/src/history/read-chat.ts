import type { HistoryChat } from "@grata/contract/history";
import { and, asc, eq } from "drizzle-orm";
import type { Asker } from "../access/principal.ts";
import { requireAccess, requireUser } from "../access/require-access.ts";
import { users } from "../accounts/tables.ts";
import { findConversation } from "../conversations/find.ts";
import { conversations } from "../conversations/tables.ts";
import { withServedNow } from "../customers/served-now.ts";
import type { Storage } from "../storage/storage.ts";
import { selectConversations } from "./list.ts";
import { presentConversation } from "./present.ts";
import { participants } from "./tables.ts";

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
