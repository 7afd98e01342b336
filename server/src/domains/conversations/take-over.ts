import type { Asker } from "../../foundation/access/principal.ts";
import { requireAccess, requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { requireActive } from "../accounts/require-active.ts";
import { noteAudit } from "../audit/note.ts";
import { holdAbsence } from "./absent/hold-absence.ts";
import type { Change } from "./changes.ts";
import { lockConversation } from "./find.ts";
import { type CapabilitiesOf, seenIn } from "./seen-as.ts";
import { hand } from "./transfer.ts";

/**
 * Gives an admin the chat of an agent who is gone: the log says so, and the customer sees a colleague join. Throws
 * `agent_present` when the agent is there, `conversation_not_claimed` and `conversation_closed`.
 */
export function takeOver(
  storage: Storage,
  asker: Asker,
  { conversationId }: { conversationId: string },
  capabilitiesOf: CapabilitiesOf,
): Promise<Change[]> {
  const admin = requireUser(asker, "absentChats.manage");
  const { organisationId, userId, name } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    await requireActive(transaction, admin);
    const chat = await lockConversation(transaction, organisationId, conversationId);
    requireAccess(admin, "conversation.read", chat);
    if (chat.status === "closed") throw new Refusal("conversation_closed");
    if (chat.status === "waiting" || chat.claimedBy === null || chat.isTest)
      throw new Refusal("conversation_not_claimed");
    if (chat.claimedBy === userId) throw new Refusal("agent_present");
    const agent = await holdAbsence(transaction, { organisationId, userId: chat.claimedBy });
    if (!agent) throw new Refusal("agent_present");
    await noteAudit(transaction, organisationId, admin, "chat.taken_over", agent);
    const as = await seenIn(transaction, admin, chat, capabilitiesOf);
    return hand(transaction, admin, chat, { to: { kind: "user", userId, name }, as });
  });
}
