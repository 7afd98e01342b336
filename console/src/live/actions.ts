import type { Line } from "@grata/client/connection";
import type { CurrentConversation } from "@grata/contract/conversations";
import type { WaitOrder } from "@grata/contract/realtime";
import type { CurrentChats } from "./current-chats.ts";

/** What an agent does with whole chats. Each rejects with `RequestFailed` or `ConnectionLost`. */
export interface Actions {
  /** Takes this chat from the wait list; exactly one agent succeeds. */
  claim(conversationId: string): Promise<CurrentConversation>;
  /** Takes the first chat of the wait list in this order. */
  claimNext(order: WaitOrder): Promise<CurrentConversation>;
  /** Ends the chat for agent and customer. Rejects with `customer_wrote_meanwhile` if the list did not know that yet. */
  close(conversationId: string): Promise<void>;
  /** Takes back a closing of one's own. */
  reopen(conversationId: string): Promise<CurrentConversation>;
  /** Whether this chat is being closed from here: it may leave the list before the answer comes. */
  isClosing(conversationId: string): boolean;
}

/** The actions on this line; a chat that was claimed or reopened is among the current ones when its promise resolves. */
export function createActions(line: Line, current: CurrentChats): Actions {
  const closing = new Set<string>();
  return {
    async claim(conversationId) {
      const { conversation } = await line.request("conversation.claim", { conversationId });
      current.expect(conversation);
      return conversation;
    },
    async claimNext(order) {
      const { conversation } = await line.request("conversation.claimNext", { order });
      current.expect(conversation);
      return conversation;
    },
    async close(conversationId) {
      closing.add(conversationId);
      try {
        const seen = current.find(conversationId)?.head;
        await line.request("conversation.close", { conversationId, ...(seen !== undefined && { seen }) });
      } finally {
        closing.delete(conversationId);
      }
    },
    async reopen(conversationId) {
      const { conversation } = await line.request("conversation.reopen", { conversationId });
      current.expect(conversation);
      return conversation;
    },
    isClosing: (conversationId) => closing.has(conversationId),
  };
}
