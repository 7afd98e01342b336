import type { ConversationSubject } from "../../foundation/access/permissions.ts";
import type { Principal } from "../../foundation/access/principal.ts";
import type { Conversation } from "../../foundation/schema/conversations.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import { readPerson } from "../customers/person.ts";
import { subjectsOf } from "../customers/subjects.ts";

/** A chat with what decides whether somebody may read an old one: who serves the same person now. */
export async function withServedNow(
  transaction: Transaction,
  principal: Principal,
  conversation: Conversation,
): Promise<ConversationSubject> {
  if (principal.kind !== "user" || conversation.status !== "closed") return conversation;
  const { organisationId, customerId, claimedBy, queueId, isTest, status } = conversation;
  const person = await readPerson(transaction, organisationId, customerId);
  const servedNow = person ? servers(await subjectsOf(transaction, person)) : [];
  return { organisationId, customerId, claimedBy, queueId, isTest, status, servedNow };
}

/** Who serves an open one of these chats. */
export function servers(conversations: readonly ConversationSubject[]): string[] {
  return conversations.flatMap(({ status, claimedBy }) =>
    status === "claimed" && claimedBy !== null ? [claimedBy] : [],
  );
}
