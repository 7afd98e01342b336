import type { CurrentConversation } from "@grata/contract/conversations";
import { useMemo } from "react";

/** What is known of a chat besides what is said in it. */
export type ChatFacts = Pick<
  CurrentConversation,
  "id" | "customer" | "channel" | "claimedAt" | "source" | "unansweredSince" | "answersByMail" | "test"
>;

/** The same object until one of the facts changes, so that a message does not draw everything around it anew. */
export function useChatFacts(conversation: CurrentConversation): ChatFacts {
  const { id, customer, channel, claimedAt, source, unansweredSince, answersByMail, test } = conversation;
  return useMemo(
    () => ({ id, customer, channel, claimedAt, source, unansweredSince, answersByMail, test }),
    [id, customer, channel, claimedAt, source, unansweredSince, answersByMail, test],
  );
}
