import type { Connection, ConnectionOptions, ConnectionState, Line } from "@grata/client/connection";
import { isTeamEntry } from "@grata/client/conversation-log";
import { createDrafts, type Drafts } from "@grata/client/drafts";
import { createOutgoing, type Outgoing, type OutgoingItem } from "@grata/client/outgoing";
import type { StoragePort } from "@grata/client/storage";
import { createStore, type Observable } from "@grata/client/store";
import { createCurrentList } from "@grata/client/versioned-list";
import { createWaitingChats, type WaitingChats } from "@grata/client/waiting-chats";
import type { Failure } from "@grata/contract/errors";
import type { Language } from "@grata/contract/languages";
import { type EndReason, realtimeVersion } from "@grata/contract/realtime";
import { late, untilHere } from "../ui/late/late.ts";
import { type Actions, createActions } from "./actions.ts";
import { type CurrentChats, createCurrentChats } from "./current-chats.ts";
import { isSignInRequired, watchedLine } from "./line.ts";
import { createLogs, entriesAfter, type Logs } from "./logs.ts";
import type { UserUploads } from "./open-uploads.ts";
import { createReadMarks, type ReadMarks } from "./read-marks.ts";
import { type PresenceChanges, receiveNews, type Told } from "./receive-news.ts";
import { createTypingHeard, type TypingHeard } from "./typing-heard.ts";
import { createTypingTold, type TypingTold } from "./typing-told.ts";
import { draftsPrefix, eraseTyped, outgoingPrefix } from "./user-storage.ts";

const LOGS_KEPT = 200;

const forgetting = late(() => import("./forget-erased.ts"), { ahead: true });
const uploading = late(() => import("./open-uploads.ts"), { ahead: true });

/** How the line to the server is, and why if it is not open. */
export interface LineReport {
  state: ConnectionState;
  failure: Failure | undefined;
}

/** Everything that is live for one signed-in user: it stands outside React, and components only watch it. */
export interface LiveSession {
  userId: string;
  report: Observable<LineReport>;
  waiting: WaitingChats;
  current: CurrentChats;
  logs: Logs;
  outgoing: Outgoing;
  /** What brings files into chats: loaded when somebody sends one, or when one was left on its way. */
  uploads(): Promise<UserUploads>;
  drafts: Drafts;
  /** Whose drafts were dropped last, because the chats were erased. */
  forgotten: Observable<readonly string[]>;
  readMarks: ReadMarks;
  actions: Actions;
  /** In which chats the customer is writing just now. */
  typing: TypingHeard;
  /** Tells a customer that the agent is writing. */
  typingTold: TypingTold;
  /** The last news of who of the team is there. */
  presence: Observable<PresenceChanges>;
  /** Latest news from a colleague: a chat that was handed to this user, or a note that mentions them. */
  told: Observable<Told | null>;
  /** For what only a part of the console asks that is loaded later. */
  line: Line;
  /** Milliseconds since 1970 by the server's clock. */
  now(): number;
  /** Tries at once to connect again. */
  reconnect(): void;
  /** Signs out by `signOut`, and then leaves nothing of this user behind. If that rejects, all goes on as before. */
  leave(signOut: () => Promise<void>): Promise<void>;
  /** Closes the connection and stops every timer. What is unsent stays in the storage. */
  dispose(): void;
}

export interface LiveSessionOptions {
  /** Who writes here. */
  user: { id: string; name: string };
  language: Language;
  storage: StoragePort;
  connect: (options: ConnectionOptions) => Connection;
  /** The server does not know this session any more. */
  onEnded: (reason: EndReason) => void;
  /** The organisation asks for a second factor now, and this user has none. */
  onFactorOwed: () => void;
  /** What is shown of these customers, or of any (null), may be out of date. */
  onCustomers: (ids: readonly string[] | null) => void;
}

/** Connects the signed-in user and keeps lists, logs and the outgoing queue true until it is disposed. */
export function openLiveSession(options: LiveSessionOptions): LiveSession {
  const { language, storage } = options;
  const userId = options.user.id;
  const report = createStore<LineReport>({ state: "connecting", failure: undefined });
  let over = false;

  const connection = options.connect({
    handshake: () => ({ as: "user", version: realtimeVersion, language }),
    onNews: (news) =>
      receiveNews(news, {
        waiting,
        currentList,
        current,
        logs,
        typing,
        presence,
        told,
        customers: options.onCustomers,
        erased: (conversationIds) => {
          void untilHere(forgetting).then(({ forgetErased }) =>
            forgetErased({ conversationIds, drafts, outgoing, forgotten }),
          );
        },
        end,
      }),
    onState: (state, failure) => {
      report.set({ state, failure });
      if (state === "open") {
        catchUp();
      } else if (state === "refused" && isSignInRequired(failure)) {
        end("expired");
      } else if (state === "refused" && failure?.code === "second_factor_required") {
        options.onFactorOwed();
      }
    },
  });

  const line: Line = watchedLine(connection, () => end("expired"));
  const waiting = createWaitingChats(line, userId);
  const currentList = createCurrentList(line);
  const current = createCurrentChats(currentList);
  const typing = createTypingHeard();
  const typingTold = createTypingTold(line);
  const presence = createStore<PresenceChanges>([]);
  const told = createStore<Told | null>(null);
  const logs = createLogs({
    line,
    limit: LOGS_KEPT,
    onChange: (conversationId, log) => {
      const { entries } = log.snapshot();
      outgoing.settle(entries);
      current.take(conversationId, entriesAfter(entries, current.find(conversationId)?.head ?? 0));
    },
  });
  const outgoing = createOutgoing({
    line,
    storage,
    prefix: outgoingPrefix(userId),
    send,
    now: (conversationId) =>
      Math.max(connection.now(), logs.find(conversationId)?.snapshot().entries.at(-1)?.at ?? 0),
  });

  const forgotten = createStore<readonly string[]>([]);
  const drafts = createDrafts(storage, draftsPrefix(userId));

  let loading: Promise<UserUploads> | undefined;
  function uploads(): Promise<UserUploads> {
    loading ??= uploading.get().then(({ openUploads }) => openUploads({ line, outgoing, userId, language }));
    // Without a network it cannot be loaded: the next time is another try.
    loading.catch(() => {
      loading = undefined;
    });
    return loading;
  }

  currentList.subscribe(() => {
    for (const { id, head, deliveries = 0 } of currentList.snapshot().items) {
      logs.find(id)?.noteHead(head);
      logs.find(id)?.noteDeliveries(deliveries);
    }
  });

  /** Several things tell of the same end, and the end that we asked for ourselves is no news. */
  function end(reason: EndReason): void {
    if (!over) {
      over = true;
      options.onEnded(reason);
    }
  }

  function catchUp(): void {
    waiting.resync();
    currentList.resync();
    logs.resync();
    outgoing.resume();
    options.onCustomers(null);
    if (outgoing.snapshot().some(({ file }) => file)) {
      void uploads().then(
        (open) => open.resume(),
        () => undefined,
      );
    }
  }

  async function send(item: OutgoingItem): Promise<void> {
    const { clientId, lane, text, file } = item;
    const message = { conversationId: lane, clientId, text };
    const { seq, entry } = await line.request("message.send", { ...message, ...(file && { file: file.id }) });
    // The server spares a connection the news of what it sent itself. An older one says only that it is stored.
    if (entry !== undefined && isTeamEntry(entry)) {
      logs.find(lane)?.apply([entry]);
      current.take(lane, [entry]);
    } else {
      logs.find(lane)?.noteHead(seq);
      current.noteHead(lane, seq);
    }
    const log = logs.find(item.lane)?.snapshot();
    // Settled by hand where the log will not tell: it is not held, or the entry lies before what it holds.
    if (log === undefined || (log.entries[0]?.seq ?? 0) > seq) {
      outgoing.settle([item]);
    }
  }

  function dispose(): void {
    connection.close();
    for (const part of [waiting, currentList, current, logs, outgoing, typing, typingTold]) {
      part.dispose();
    }
    void loading?.then((open) => open.dispose());
  }

  return {
    userId,
    report,
    waiting,
    current,
    logs,
    outgoing,
    uploads,
    drafts,
    forgotten,
    readMarks: createReadMarks(line, current.noteRead),
    actions: createActions(line, current),
    typing,
    typingTold,
    presence,
    told,
    line,
    now: connection.now,
    reconnect: connection.retry,
    async leave(signOut) {
      over = true;
      try {
        await signOut();
      } catch (error) {
        over = false;
        throw error;
      }
      dispose();
      eraseTyped(storage, userId);
      void loading?.then((open) => open.erase());
    },
    dispose,
  };
}
