import { type Connection, connect, type Line } from "@grata/client/connection";
import {
  type ConversationLog,
  createConversationLog,
  isCustomerEntry,
  isTeamEntry,
} from "@grata/client/conversation-log";
import { createOutgoing, type Outgoing } from "@grata/client/outgoing";
import { createMemoryStorage } from "@grata/client/storage";
import { createTeamLog, type TeamLog } from "@grata/client/team-log";
import { createCurrentList, type VersionedList } from "@grata/client/versioned-list";
import { createWaitingChats, type WaitingChats } from "@grata/client/waiting-chats";
import type { CurrentConversation } from "@grata/contract/conversations";
import type { CustomerEntry, TeamEntry } from "@grata/contract/entries";
import { type Handshake, type News, realtimeVersion } from "@grata/contract/realtime";

/** A whole client, as the console and the chat window are: a connection whose news feed logs, lists and a queue. */
export type Live<Entry> = {
  connection: Connection;
  /** Everything that the server told, in order. */
  news: News[];
  /** The log of a conversation, kept true from now on. */
  follow(conversationId: string): ConversationLog<Entry>;
  /** What is written and not in a log yet. Its lanes are conversations. */
  outgoing: Outgoing;
  /** Writes a message: it is sent until it is stored. */
  write(conversationId: string, text: string): void;
  /** Everything that was written, in order. */
  written: Written[];
  /** What the server answered to it. An answer may be lost, and the message be seen in the log instead. */
  acknowledged: (Written & { seq: number })[];
  close(): void;
};

type Written = { conversationId: string; clientId: string; text: string };

export type LiveAgent = Live<TeamEntry> & {
  waiting: WaitingChats;
  current: VersionedList<CurrentConversation>;
};

type Options<Entry> = {
  url: string;
  handshake: Handshake;
  headers?: Record<string, string>;
  openLog: (conversationId: string, line: Line) => ConversationLog<Entry>;
  /** What else the news are for, and what else to do when the connection opens. */
  take?: (news: News) => void;
  resync?: () => void;
};

export function liveVisitor(url: string, channel: string, token: string): Promise<Live<CustomerEntry>> {
  const handshake = { as: "visitor", version: realtimeVersion, channel, token } as const;
  return openLive<CustomerEntry>({
    url,
    handshake,
    openLog: (conversationId, line) =>
      createConversationLog({ conversationId, line, accepts: isCustomerEntry }),
  });
}

export async function liveAgent(url: string, cookie: string): Promise<LiveAgent> {
  let lists: { take(news: News): void; resync(): void } | undefined;
  const logs = new Map<string, TeamLog>();
  const live = await openLive<TeamEntry>({
    url,
    handshake: { as: "user", version: realtimeVersion },
    headers: { cookie },
    openLog(conversationId, line) {
      const log = createTeamLog({ conversationId, line });
      logs.set(conversationId, log);
      return log;
    },
    take(news) {
      if (news.type === "deliveries") logs.get(news.conversationId)?.takeDeliveries(news.states);
      if (news.type === "heads") {
        for (const { conversationId, deliveries = 0 } of news.heads)
          logs.get(conversationId)?.noteDeliveries(deliveries);
      }
      lists?.take(news);
    },
    resync: () => lists?.resync(),
  });
  const waiting = createWaitingChats(live.connection, "");
  const current = createCurrentList(live.connection);
  lists = {
    take(news) {
      if (news.type === "entries") waiting.take(news.conversationId, news.entries.filter(isTeamEntry));
      if (news.type === "waiting.words") {
        for (const { conversationId, last } of news.words) waiting.noteWords(conversationId, last);
      }
      if (news.type === "waiting.changed") waiting.apply(news.queue, news);
      if (news.type === "current.changed") current.apply(news);
      if (news.type === "versions" && news.waiting !== undefined)
        waiting.noteVersion(undefined, news.waiting);
      if (news.type === "versions" && news.current !== undefined) current.noteVersion(news.current);
    },
    resync() {
      waiting.resync();
      current.resync();
    },
  };
  return {
    ...live,
    waiting,
    current,
    close() {
      waiting.dispose();
      current.dispose();
      live.close();
    },
  };
}

function openLive<Entry extends TeamEntry | CustomerEntry>(options: Options<Entry>): Promise<Live<Entry>> {
  const news: News[] = [];
  const logs = new Map<string, ConversationLog<Entry>>();
  const written: Written[] = [];
  const acknowledged: Live<Entry>["acknowledged"] = [];

  return new Promise((resolve, reject) => {
    const connection = connect({
      url: options.url,
      handshake: () => options.handshake,
      ...(options.headers && { headers: options.headers }),
      onNews(item) {
        news.push(item);
        if (item.type === "entries") logs.get(item.conversationId)?.apply(item.entries);
        if (item.type === "heads") {
          for (const { conversationId, head } of item.heads) logs.get(conversationId)?.noteHead(head);
        }
        options.take?.(item);
      },
      onState(state, failure) {
        if (state === "refused" || state === "reload_required") {
          reject(Object.assign(new Error(state), { failure }));
        }
        if (state !== "open") return;
        resolve(live);
        for (const log of logs.values()) log.resync();
        options.resync?.();
        outgoing.resume();
      },
    });
    const outgoing = createOutgoing({
      line: connection,
      storage: createMemoryStorage(),
      prefix: "",
      async send({ lane: conversationId, clientId, text }) {
        const { seq } = await connection.request("message.send", { conversationId, clientId, text });
        acknowledged.push({ conversationId, clientId, text, seq });
      },
    });
    const live: Live<Entry> = {
      connection,
      news,
      outgoing,
      written,
      acknowledged,
      write(conversationId, text) {
        const { clientId } = outgoing.add(conversationId, text);
        written.push({ conversationId, clientId, text });
      },
      follow(conversationId) {
        const log = logs.get(conversationId) ?? options.openLog(conversationId, connection);
        logs.set(conversationId, log);
        log.subscribe(() => outgoing.settle(log.snapshot().entries));
        return log;
      },
      close() {
        outgoing.dispose();
        for (const log of logs.values()) log.dispose();
        connection.close();
      },
    };
  });
}
