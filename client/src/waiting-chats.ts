import type { WaitingConversation } from "@grata/contract/conversations";
import type { TeamEntry } from "@grata/contract/entries";
import type { WaitOrder } from "@grata/contract/realtime";
import type { Line } from "./connection.ts";
import { lastWords } from "./last-words.ts";
import { createStore, type Observable } from "./store.ts";
import {
  byWaiting,
  createWaitingList,
  type ListSnapshot,
  type Step,
  type WaitingList,
} from "./versioned-list.ts";

/** One who waits; `test`: the user themselves, who tests their console. */
export type WaitingChat = WaitingConversation & { test?: boolean };

type Last = WaitingChat["last"];

export type WaitingChats = Observable<ListSnapshot<WaitingChat>> & {
  /** Takes a step of the list of this queue; undefined: of everybody's. */
  apply(queue: string | undefined, step: Step<WaitingConversation>): void;
  noteVersion(queue: string | undefined, version: number): void;
  /** Takes what was said in a waiting chat: that is no step of its list. */
  take(conversationId: string, entries: readonly TeamEntry[]): void;
  /** Takes what was last said in a waiting chat, as the database has it. */
  noteWords(conversationId: string, last: Last): void;
  /** From now on lists that are too long to be loaded whole are loaded from this end. */
  turn(order: WaitOrder): void;
  resync(): void;
  dispose(): void;
};

/** Last words that arrived for chats whose line has not, or whose line is older. */
const WORDS_KEPT = 500;

/**
 * Merges the wait lists of the user's queues into one, longest waiting first. A list that
 * was loaded in part ends where its part ends, and so does the whole.
 */
export function createWaitingChats(line: Line, userId: string): WaitingChats {
  const everybody = createWaitingList(line, { onQueues: keep });
  const lists = new Map<string | undefined, WaitingList>([[undefined, everybody]]);
  let order: WaitOrder = "longest";
  const words = new Map<string, Last>();
  const store = createStore<ListSnapshot<WaitingChat>>(everybody.snapshot());
  everybody.subscribe(show);

  /** Holds the lists of exactly these queues beside everybody's. */
  function keep(queues: readonly string[]): void {
    for (const [queue, list] of lists) {
      if (queue === undefined || queues.includes(queue)) continue;
      list.dispose();
      lists.delete(queue);
    }
    for (const queue of queues) {
      if (lists.has(queue)) continue;
      const list = createWaitingList(line, { queue, order });
      lists.set(queue, list);
      list.subscribe(show);
    }
  }

  function show(): void {
    const snapshots = Array.from(lists, ([queue, list]) => ({ queue, ...list.snapshot() }));
    // Hidden lines may stand anywhere beyond a list's last line, also between the lines of another list.
    const end = Math.min(
      ...snapshots
        .filter(({ more }) => more === "after")
        .map(({ items }) => items.at(-1)?.waitingSince ?? Number.NEGATIVE_INFINITY),
    );
    const start = Math.max(
      ...snapshots
        .filter(({ more }) => more === "before")
        .map(({ items }) => items[0]?.waitingSince ?? Number.POSITIVE_INFINITY),
    );
    const items = snapshots
      .flatMap(({ queue, items }) => items.map((item) => withWords(item, queue === userId)))
      .filter(({ waitingSince }) => waitingSince >= start && waitingSince <= end)
      .sort(byWaiting);
    const more = snapshots.find((snapshot) => snapshot.more !== undefined)?.more;
    const total = snapshots.reduce((sum, snapshot) => sum + snapshot.total, 0);
    const { version } = everybody.snapshot();
    // Customers on a list that loads a moment later have not just joined.
    const state =
      snapshots.find((snapshot) => snapshot.state.kind === "loading")?.state ?? everybody.snapshot().state;
    store.set({ items, total, ...(more && { more }), version, state });
  }

  function withWords(item: WaitingConversation, test: boolean): WaitingChat {
    const last = words.get(item.id);
    if (last && last.at <= item.last.at) words.delete(item.id);
    const line = last && last.at > item.last.at ? { ...item, last } : item;
    return test ? { ...line, test } : line;
  }

  function noteWords(conversationId: string, last: Last): void {
    if (last.at <= (words.get(conversationId)?.at ?? 0)) return;
    words.delete(conversationId);
    words.set(conversationId, last);
    const [oldest] = words.keys();
    if (words.size > WORDS_KEPT && oldest !== undefined) words.delete(oldest);
    if (store.snapshot().items.some(({ id }) => id === conversationId)) show();
  }

  return {
    snapshot: store.snapshot,
    subscribe: store.subscribe,
    apply: (queue, step) => lists.get(queue)?.apply(step),
    noteVersion: (queue, version) => lists.get(queue)?.noteVersion(version),
    take(conversationId, entries) {
      const last = lastWords(entries);
      if (last !== undefined) noteWords(conversationId, last);
    },
    noteWords,
    turn(next) {
      order = next;
      for (const list of lists.values()) list.turn(next);
    },
    resync() {
      for (const list of lists.values()) list.resync();
    },
    dispose() {
      for (const list of lists.values()) list.dispose();
    },
  };
}
