import {
  type ConversationLog,
  createConversationLog,
  isCustomerEntry,
  type LogSnapshot,
} from "@grata/client/conversation-log";
import type { Line } from "@grata/client/dial";
import { RequestFailed } from "@grata/client/failures";
import type { OutgoingItem } from "@grata/client/outgoing";
import { createPuller } from "@grata/client/puller";
import type { CustomerConversation } from "@grata/contract/conversations";
import type { CustomerEntry } from "@grata/contract/entries";
import type { Failure } from "@grata/contract/errors";
import type { News, RequestInput } from "@grata/contract/realtime";

export type Episode = { conversationId: string; log: LogSnapshot<CustomerEntry> };

/**
 * Tells whether anyone of the team is there, whether the serving agent is (undefined: no agent serves it), and
 * whether an answer reaches the visitor later.
 */
export type Standing = { staffed: boolean; served?: boolean | undefined; reachable: boolean };

export type Introduction = Omit<RequestInput<"conversation.open">, "clientId" | "text" | "file">;

export type Dialogue = {
  /** The visitor's conversations as far back as they were asked for, the current one last. */
  episodes(): Episode[];
  /** What stands before the first of them. */
  older(): LogSnapshot<CustomerEntry>["older"];
  /** Whether it is known which conversation is the visitor's current one. */
  known(): boolean;
  /** The server's last word on the team and on our agent. */
  standing(): Standing;
  /** The conversation that goes on; undefined when the next message opens one. */
  current(): string | undefined;
  /** Sends into the current conversation, or opens a new one. Rejects as `Line.request` does. */
  send(item: OutgoingItem): Promise<void>;
  take(news: News): void;
  /** Asks for everything that was missed. To be called whenever the connection opens. */
  resync(): void;
  /** Asks again who is there. */
  look(): void;
  loadOlder(): void;
  /** Another visitor begins: nothing of the former one stays. */
  clear(): void;
};

const saidBy = ({ clientId, text, file }: OutgoingItem) => ({
  clientId,
  text,
  ...(file && { file: file.id }),
});

/** What one visitor and the team wrote to each other: one conversation after the other, each with its log. */
export function createDialogue(options: {
  line: Line;
  changed: () => void;
  /** What is told of a new conversation besides its first message. */
  introduce: () => Promise<Introduction>;
  opened: () => void;
  /** Tells how far the visitor has read, when the server says it. */
  onConversation: (conversation: CustomerConversation) => void;
  refused: (failure: Failure) => void;
}): Dialogue {
  const { line, changed } = options;
  const logs = new Map<string, ConversationLog<CustomerEntry>>();
  let known = false;
  let standing: Standing = { staffed: true, reachable: true };
  /** Closed conversations that nobody has asked to see, the newest last. */
  let earlier: CustomerConversation[] = [];
  const puller = createPuller({ line, ask, behind: () => !known, refused: options.refused });

  function follow(conversation: CustomerConversation, first = false): ConversationLog<CustomerEntry> {
    options.onConversation(conversation);
    const followed = logs.get(conversation.id);
    if (followed) {
      followed.noteHead(conversation.head);
      return followed;
    }
    const log = createConversationLog({ conversationId: conversation.id, line, accepts: isCustomerEntry });
    log.subscribe(changed);
    const others = [...logs];
    logs.set(conversation.id, log);
    if (first) {
      // A map keeps the order in which it was filled.
      for (const [id, other] of others) {
        logs.delete(id);
        logs.set(id, other);
      }
    }
    return log;
  }

  async function ask(): Promise<boolean> {
    const mine = await line.request("conversation.mine", {});
    if (mine.conversation) {
      follow(mine.conversation);
    }
    earlier = mine.earlier.filter(({ id }) => !logs.has(id));
    standing = { staffed: mine.staffed, served: mine.served, reachable: mine.reachable };
    known = true;
    changed();
    return true;
  }

  /** True when `item` is stored in the conversation, false when that is closed. */
  async function sendInto(conversationId: string, item: OutgoingItem): Promise<boolean> {
    try {
      const { seq, entry } = await line.request("message.send", { conversationId, ...saidBy(item) });
      const log = logs.get(conversationId);
      // The server spares a sender the news of what they sent themselves. An older one says only that it is stored.
      if (entry) {
        log?.apply([entry]);
      } else {
        log?.noteHead(seq);
      }
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
    older() {
      const own = [...logs.values()][0]?.snapshot();
      const more = own?.state.kind === "loading" ? "loading" : (own?.older ?? "none");
      return more === "none" && earlier.length > 0 ? "more" : more;
    },
    known: () => known,
    standing: () => standing,
    current() {
      const [id, log] = [...logs].at(-1) ?? [];
      const newest = log?.snapshot().entries.at(-1)?.occurrence.kind;
      // Only what was closed is erased.
      return newest === "closed" || newest === "cleared" ? undefined : id;
    },
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
      const introduction = await options.introduce();
      const opened = await line.request("conversation.open", { ...introduction, ...saidBy(item) });
      options.opened();
      follow(opened.conversation).apply([opened.entry]);
    },
    take(news) {
      if (news.type === "entries") {
        // No agent serves it any more; presence news follow within seconds.
        if (news.entries.some(({ occurrence }) => occurrence.kind === "hidden" && occurrence.queued)) {
          standing = { ...standing, served: undefined };
        }
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
      } else if (news.type === "standing") {
        standing = { ...standing, staffed: news.staffed, served: news.served };
        changed();
      }
    },
    resync() {
      known = false;
      puller.now();
      for (const log of logs.values()) {
        log.resync();
      }
    },
    look: () => puller.now(),
    loadOlder() {
      const first = [...logs.values()][0];
      if (first && (first.snapshot().older !== "none" || first.snapshot().state.kind === "loading")) {
        void first.loadOlder();
        return;
      }
      const next = earlier.pop();
      if (next) {
        follow(next, true);
        changed();
      }
    },
    clear() {
      known = false;
      earlier = [];
      for (const log of logs.values()) {
        log.dispose();
      }
      logs.clear();
    },
  };
}
