import type { ConnectionState } from "@grata/client/connection";
import { createOutgoing, type OutgoingItem } from "@grata/client/outgoing";
import type { StoragePort } from "@grata/client/storage";
import { createStore, type Observable } from "@grata/client/store";
import type { Failure } from "@grata/contract/errors";
import type { Language } from "@grata/contract/languages";
import type { News } from "@grata/contract/realtime";
import { createDialogue, type Episode } from "./dialogue.ts";
import { createReading } from "./reading.ts";
import { createVisitorLine } from "./visitor-line.ts";
import type { VisitorTokens } from "./visitor-tokens.ts";

/** Everything that the window shows. */
export type ChatView = {
  connection: ConnectionState;
  /** Why the connection is not open, if the server said it. */
  failure: Failure | undefined;
  /** False until the visitor's conversation, or that there is none, is known. */
  loaded: boolean;
  episodes: readonly Episode[];
  outgoing: readonly OutgoingItem[];
  unread: number;
};

export type Chat = Observable<ChatView> & {
  /** Connects; further calls do nothing. */
  start(): void;
  /** Whether somebody can see the window: then what is in it is read. */
  setVisible(visible: boolean): void;
  send(text: string): void;
  retry(clientId: string): void;
  discard(clientId: string): void;
  loadOlder(): void;
  /** Tries to connect at once, if a connection is wanted and lost. */
  reconnect(): void;
  close(): void;
};

/** A visitor has one chat at a time, so that what they write keeps one order. */
const LANE = "chat";

/** One visitor's chat on one channel. */
export function createChat(options: {
  origin: string;
  channelId: string;
  language: Language;
  tokens: VisitorTokens;
  storage: StoragePort;
}): Chat {
  const { origin, channelId, language, tokens, storage } = options;
  let started = false;
  let visible = false;
  let failure: Failure | undefined;

  const line = createVisitorLine({
    origin,
    channelId,
    language,
    tokens,
    onNews: (news: News) => dialogue.take(news),
    onState(state, reason) {
      failure = reason;
      if (state === "open") {
        dialogue.resync();
        outgoing.resume();
      }
      publish();
    },
    onNewVisitor() {
      dialogue.clear();
      // What the former visitor sent is in a log that will not be seen again.
      outgoing.settle(outgoing.snapshot().filter(({ state }) => state.kind === "sent"));
      publish();
    },
  });
  const reading = createReading(line);
  const dialogue = createDialogue({
    line,
    changed: publish,
    onConversation: reading.take,
    refused(reason) {
      failure = reason;
      publish();
    },
  });
  const outgoing = createOutgoing({
    line,
    storage,
    prefix: `grata.${channelId}.outgoing.`,
    send: dialogue.send,
  });
  const store = createStore<ChatView>(view());
  outgoing.subscribe(publish);

  function view(): ChatView {
    const episodes = dialogue.episodes();
    return {
      connection: line.state,
      failure,
      loaded: dialogue.known() && episodes.every(({ log }) => log.state.kind !== "loading"),
      episodes,
      outgoing: outgoing.snapshot(),
      unread: reading.unread(episodes.at(-1)),
    };
  }

  function publish(): void {
    const episodes = dialogue.episodes();
    for (const { log } of episodes) {
      outgoing.settle(log.entries);
    }
    reading.look(episodes.at(-1), visible);
    store.set(view());
  }

  return {
    snapshot: store.snapshot,
    subscribe: store.subscribe,
    start() {
      if (!started) {
        started = true;
        line.start();
      }
    },
    setVisible(next) {
      visible = next;
      publish();
    },
    send: (text) => void outgoing.add(LANE, text),
    retry: outgoing.retry,
    discard: outgoing.discard,
    loadOlder: dialogue.loadOlder,
    reconnect() {
      if (started) {
        line.retry();
      }
    },
    close() {
      outgoing.dispose();
      dialogue.clear();
      line.close();
    },
  };
}
