import type { Line } from "@grata/client/connection";
import {
  type ConversationLog,
  createConversationLog,
  isCustomerEntry,
  type LogSnapshot,
} from "@grata/client/conversation-log";
import { RequestFailed } from "@grata/client/failures";
import type { OutgoingItem } from "@grata/client/outgoing";
import { createPuller } from "@grata/client/puller";
import type { CustomerConversation } from "@grata/contract/conversations";
import type { CustomerEntry } from "@grata/contract/entries";
import type { Failure } from "@grata/contract/errors";
import type { News } from "@grata/contract/realtime";

export type Episode = { conversationId: string; log: LogSnapshot<CustomerEntry> };

export type Dialogue = {
  /** The visitor's conversations since the window was loaded, the current one last. */
  episodes(): Episode[];
  /** Whether it is known which conversation is the visitor's current one. */
  known(): boolean;
  /** Sends into the current conversation, or opens a new one. Rejects as `Line.request` does. */
  send(item: OutgoingItem): Promise<void>;
  take(news: News): void;
  /** Asks for everything that was missed. To be called whenever the connection opens. */
  resync(): void;
  loadOlder(): void;
  /** Another visitor begins: nothing of the former one stays. */
  clear(): void;
};

/** What one visitor and the team wrote to each other: one conversation after the other, each with its log. */
export function createDialogue(options: {
  line: Line;
  changed: () => void;
  /** Tells how far the visitor has read, when the server says it. */
  onConversation: (conversation: CustomerConversation) => void;
  refused: (failure: Failure) => void;
}): Dialogue {
  const { line, changed } = options;
  const logs = new Map<string, ConversationLog<CustomerEntry>>();
  let known = false;
  const puller = createPuller({ line, ask, behind: () => !known, refused: options.refused });

  function follow(conversation: CustomerConversation): ConversationLog<CustomerEntry> {
    options.onConversation(conversation);
    const followed = logs.get(conversation.id);
    if (followed) {
      followed.noteHead(conversation.head);
      return followed;
    }
    const log = createConversationLog({ conversationId: conversation.id, line, accepts: isCustomerEntry });
    log.subscribe(changed);
    logs.set(conversation.id, log);
    return log;
  }

  async function ask(): Promise<boolean> {
    const { conversation } = await line.request("conversation.mine", {});
    if (conversation) {
      follow(conversation);
    }
    known = true;
    changed();
    return true;
  }

  /** True when `item` is stored in the conversation, false when that is closed. */
  async function sendInto(conversationId: string, { clientId, text }: OutgoingItem): Promise<boolean> {
    try {
      const { seq, at } = await line.request("message.send", { conversationId, clientId, text });
      // The server spares a sender the news of what they sent themselves.
      const occurrence = { kind: "message", text } as const;
      logs
        .get(conversationId)
        ?.apply([{ seq, at, occurrence, author: { kind: "customer", name: null }, clientId }]);
      return true;
    } catch (error) {
      if (error instanceof RequestFailed && error.failure.code === "conversation_closed") {
        return false;
      }
      throw error;
    }
  }

  return {
    episodes: () => [...logs].map(([conversationId, log]) => ({ conversationId, log: log.snapshot() })),
    known: () => known,
    async send(item) {
      if (!known) {
        await ask();
      }
      // Into the conversation that we know even if it is closed: the item may be in it already, its acknowledgement
      // lost, and only the server can tell.
      const current = [...logs.keys()].at(-1);
      if (current !== undefined && (await sendInto(current, item))) {
        return;
      }
      const opened = await line.request("conversation.open", { clientId: item.clientId, text: item.text });
      follow(opened.conversation).apply([opened.entry]);
    },
    take(news) {
      if (news.type === "entries") {
        const log = logs.get(news.conversationId);
        log?.apply(news.entries);
        if (!log) {
          // Another tab of the same visitor has opened a conversation.
          puller.now();
        }
      } else if (news.type === "heads") {
        for (const { conversationId, head } of news.heads) {
          logs.get(conversationId)?.noteHead(head);
        }
      }
    },
    resync() {
      known = false;
      puller.now();
      for (const log of logs.values()) {
        log.resync();
      }
    },
    loadOlder() {
      void [...logs.values()][0]?.loadOlder();
    },
    clear() {
      known = false;
      for (const log of logs.values()) {
        log.dispose();
      }
      logs.clear();
    },
  };
}
