import type { ConnectionState } from "@grata/client/dial";
import { RequestFailed } from "@grata/client/failures";
import { createOutgoing, type OutgoingItem } from "@grata/client/outgoing";
import type { StoragePort } from "@grata/client/storage";
import { createStore, type Observable } from "@grata/client/store";
import type { Failure } from "@grata/contract/errors";
import type { Language } from "@grata/contract/languages";
import type { News } from "@grata/contract/realtime";
import { type Contact, createContactKeeper } from "../visitor/contact.ts";
import type { Visitor } from "../visitor/visitor.ts";
import { createVisitorLine } from "../visitor/visitor-line.ts";
import { createDialogue, type Dialogue, type Episode, type Introduction, type Standing } from "./dialogue.ts";
import { createReading } from "./reading.ts";
import { createTyping } from "./typing.ts";
import type { VisitorFiles } from "./visitor-files.ts";

/** Everything that the window shows. */
export type ChatView = {
  connection: ConnectionState;
  /** Why the connection is not open, if the server said it. */
  failure: Failure | undefined;
  /** False until the visitor's conversation, or that there is none, is known. */
  loaded: boolean;
  episodes: readonly Episode[];
  older: ReturnType<Dialogue["older"]>;
  outgoing: readonly OutgoingItem[];
  unread: number;
  /** Somebody of the team is writing. */
  typing: boolean;
  standing: Standing;
  /** The conversation that goes on, if one does. */
  current: string | undefined;
};

export type Chat = Observable<ChatView> & {
  /** Connects; further calls do nothing. */
  start(): void;
  /** Whether somebody can see the window: then what is in it is read. */
  setVisible(visible: boolean): void;
  send(text: string): void;
  /** Sends files, the text with the first of them. Rejects when what sends files cannot be loaded. */
  sendFiles(text: string, files: readonly File[]): Promise<void>;
  /** Sends what was recorded. Rejects as `sendFiles` does. */
  sendVoice(recording: Blob): Promise<void>;
  /** What brings and fetches files: loaded when there is one. */
  files(): Promise<VisitorFiles>;
  /** Sends for somebody who leaves their address, because nobody is there. */
  leave(contact: Contact, text: string): void;
  /** Something stands in the composer, or nothing any more. */
  press(writing: boolean): void;
  retry(clientId: string): void;
  discard(clientId: string): void;
  loadOlder(): void;
  /** Tries to connect at once, if a connection is wanted and lost. */
  reconnect(): void;
  /** Milliseconds since 1970 by the server's clock. */
  now(): number;
  close(): void;
  /** Removes the files that are still to be sent from this browser. */
  eraseFiles(): void;
};

/** How often somebody who waits before an empty desk is told whether it still is. */
const LOOK_AGAIN = 15_000;

/** A visitor has one chat at a time, so that what they write keeps one order. */
const LANE = "chat";

/** One visitor's chat on one channel. */
export function createChat(options: {
  origin: string;
  channelId: string;
  language: Language;
  visitor: Visitor;
  storage: StoragePort;
  /** The beginning of every key in the storage that belongs to this visitor. */
  scope: string;
  /** Where the visitor is, for the agent. */
  source: () => Promise<Introduction>;
  /** Called once, when the server knows who the visitor is or says that it does not. */
  onEntered?: (failure: Failure | undefined) => void;
}): Chat {
  const { origin, channelId, language, visitor, storage, scope } = options;
  const contact = createContactKeeper(storage, scope);
  let started = false;
  let visible = false;
  let entered = false;
  let failure: Failure | undefined;
  const looking = setInterval(() => {
    // News tell of comings and goings; this check is the net below them.
    const { staffed, served } = dialogue.standing();
    const matters = !staffed || served === false || dialogue.current() === undefined;
    if (visible && line.state === "open" && matters) {
      dialogue.look();
    }
  }, LOOK_AGAIN);

  const line = createVisitorLine({
    origin,
    channelId,
    language,
    visitor,
    onNews(news: News) {
      if (news.type === "typing") {
        typing.take(news);
        return;
      }
      dialogue.take(news);
      if (news.type === "entries") {
        typing.arrived();
      }
    },
    onState(state, reason) {
      failure = reason;
      if (!entered && (state === "open" || (state === "refused" && reason))) {
        entered = true;
        options.onEntered?.(state === "open" ? undefined : reason);
      }
      if (state === "open") {
        dialogue.resync();
        outgoing.resume();
        if (outgoing.snapshot().some(({ file }) => file)) {
          void files().then(
            (opened) => opened.resume(),
            () => undefined,
          );
        }
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
  const typing = createTyping(line, publish);
  const dialogue = createDialogue({
    line,
    changed: publish,
    onConversation: reading.take,
    async introduce() {
      const kept = contact.read();
      return { ...(await options.source()), ...(kept && { contact: kept }) };
    },
    opened: contact.forget,
    refused(reason) {
      failure = reason;
      publish();
    },
  });
  const outgoing = createOutgoing({
    line,
    storage,
    prefix: `${scope}.outgoing.`,
    send,
    now: () => Math.max(line.now(), dialogue.episodes().at(-1)?.log.entries.at(-1)?.at ?? 0),
  });
  const store = createStore<ChatView>(view());
  outgoing.subscribe(publish);

  let loading: Promise<VisitorFiles> | undefined;

  function files(): Promise<VisitorFiles> {
    loading ??= import("./visitor-files.ts").then(({ openFiles }) =>
      openFiles({
        line,
        outgoing,
        scope,
        origin,
        channelId,
        language,
        token: line.token,
      }),
    );
    // Without a network it cannot be loaded: the next time is another try.
    loading.catch(() => {
      loading = undefined;
    });
    return loading;
  }

  async function send(item: OutgoingItem): Promise<void> {
    try {
      await dialogue.send(item);
    } catch (error) {
      // An address that the server does not take must not keep the message back when it is sent again.
      if (error instanceof RequestFailed && error.failure.fields?.contact) {
        contact.forget();
      }
      throw error;
    }
  }

  function view(): ChatView {
    const episodes = dialogue.episodes();
    return {
      connection: line.state,
      failure,
      loaded: dialogue.known() && episodes.at(-1)?.log.state.kind !== "loading",
      episodes,
      older: dialogue.older(),
      outgoing: outgoing.snapshot(),
      unread: reading.unread(episodes.at(-1)),
      typing: typing.heard() !== undefined && typing.heard() === dialogue.current(),
      standing: dialogue.standing(),
      current: dialogue.current(),
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
      if (next && !visible && line.state === "open") {
        dialogue.look();
      }
      visible = next;
      publish();
    },
    send(text) {
      typing.sent();
      outgoing.add(LANE, text);
    },
    async sendFiles(text, given) {
      const opened = await files();
      typing.sent();
      for (const [index, file] of given.entries()) {
        opened.add(LANE, index === 0 ? text : "", file);
      }
    },
    async sendVoice(recording) {
      const opened = await files();
      opened.add(LANE, "", new File([recording], "voice", { type: recording.type }), "voice");
    },
    files,
    leave(given, text) {
      contact.keep(given);
      outgoing.add(LANE, text);
    },
    press: (writing) => typing.press(dialogue.current(), writing),
    retry: outgoing.retry,
    discard: outgoing.discard,
    loadOlder: dialogue.loadOlder,
    reconnect() {
      if (started) {
        line.retry();
      }
    },
    now: line.now,
    eraseFiles() {
      void loading?.then((opened) => opened.erase());
    },
    close() {
      clearInterval(looking);
      outgoing.dispose();
      void loading?.then((opened) => opened.dispose());
      typing.dispose();
      dialogue.clear();
      line.close();
    },
  };
}
