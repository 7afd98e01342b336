import { isTeamEntry } from "@grata/client/conversation-log";
import type { Store } from "@grata/client/store";
import type { VersionedList } from "@grata/client/versioned-list";
import type { WaitingChats } from "@grata/client/waiting-chats";
import type { CurrentConversation } from "@grata/contract/conversations";
import type { EndReason, News } from "@grata/contract/realtime";
import type { CurrentChats } from "./current-chats.ts";
import type { Logs } from "./logs.ts";
import type { TypingHeard } from "./typing-heard.ts";

/** Who of the team came, paused or went. */
export type PresenceChanges = Extract<News, { type: "presence" }>["changes"];

/** A colleague handed a chat to this user, or mentions them in a note. */
export type Told = Extract<News, { type: "handed" | "mentioned" }>;

/** What the server's news are about. */
export interface Receivers {
  waiting: Pick<WaitingChats, "apply" | "noteVersion" | "take" | "noteWords">;
  currentList: VersionedList<CurrentConversation>;
  current: CurrentChats;
  logs: Logs;
  typing: TypingHeard;
  /** Something is known anew of these customers; null: of any. */
  customers: (ids: readonly string[] | null) => void;
  /** What was said in these conversations was erased. */
  erased: (conversationIds: readonly string[]) => void;
  presence: Store<PresenceChanges>;
  told: Store<Told | null>;
  end: (reason: EndReason) => void;
}

/** Passes the server's news on to what they are about. */
export function receiveNews(
  news: News,
  { waiting, currentList, current, logs, typing, presence, told, customers, erased, end }: Receivers,
): void {
  switch (news.type) {
    case "welcome":
      // The connection itself keeps the server's clock.
      return;
    case "entries":
      // The log of a chat that nobody has looked at is not begun for them: it will begin with the newest page.
      logs.find(news.conversationId)?.apply(news.entries);
      current.take(news.conversationId, news.entries.filter(isTeamEntry));
      waiting.take(news.conversationId, news.entries.filter(isTeamEntry));
      // Who has just sent something has stopped writing it.
      if (news.entries.some(({ author }) => author.kind === "customer")) {
        typing.hear(news.conversationId, false);
      }
      return;
    case "deliveries":
      logs.find(news.conversationId)?.takeDeliveries(news.states);
      return;
    case "typing":
      if (news.by === "customer") {
        typing.hear(news.conversationId, news.typing);
      }
      return;
    case "heads":
      for (const { conversationId, head, deliveries = 0 } of news.heads) {
        logs.find(conversationId)?.noteHead(head);
        logs.find(conversationId)?.noteDeliveries(deliveries);
        current.noteHead(conversationId, head);
      }
      return;
    case "waiting.changed":
      waiting.apply(news.queue, news);
      return;
    case "waiting.words":
      for (const { conversationId, head, last } of news.words) {
        waiting.noteWords(conversationId, last);
        logs.find(conversationId)?.noteHead(head);
      }
      return;
    case "current.changed":
      currentList.apply(news);
      return;
    case "customer.changed":
      customers(news.customerIds);
      return;
    case "erased":
      for (const { conversationId, head } of news.conversations) {
        logs.find(conversationId)?.clear(head);
      }
      erased(news.conversations.map(({ conversationId }) => conversationId));
      return;
    case "read":
      current.noteRead(news.conversationId, news.seq);
      return;
    case "versions":
      if (news.waiting !== undefined) {
        waiting.noteVersion(undefined, news.waiting);
      }
      if (news.waitingIn !== undefined) {
        waiting.noteVersion(news.waitingIn.queue, news.waitingIn.version);
      }
      if (news.current !== undefined) {
        currentList.noteVersion(news.current);
      }
      return;
    case "presence":
      presence.set(news.changes);
      return;
    case "standing":
      // To customers only.
      return;
    case "handed":
    case "mentioned":
      told.set(news);
      return;
    case "session.ended":
      end(news.reason);
      return;
    default:
      news satisfies never;
  }
}
