import type { CustomerEntry, TeamEntry } from "@grata/contract/entries";
import type { Failure } from "@grata/contract/errors";
import type { Line } from "./connection.ts";
import { createPuller } from "./puller.ts";
import { createStore, type Observable } from "./store.ts";

type WireEntry = TeamEntry | CustomerEntry;

export const isTeamEntry = (entry: WireEntry): entry is TeamEntry => "audience" in entry;
export const isCustomerEntry = (entry: WireEntry): entry is CustomerEntry => !isTeamEntry(entry);

export type LogSnapshot<Entry> = {
  /** In order of `seq`, without a gap between the first and the last. */
  entries: readonly Entry[];
  /** `refused`: the server will not show this conversation to us. */
  state: { kind: "loading" } | { kind: "ready" } | { kind: "refused"; failure: Failure };
  /** What stands before the first entry: nothing, more, more being loaded, or more that failed to load. */
  older: "none" | "more" | "loading" | "failed";
  /** The last number known to exist; entries up to it that are not here yet are on their way. */
  head: number;
};

export type ConversationLog<Entry> = Observable<LogSnapshot<Entry>> & {
  /** Takes entries that arrived: in any order, early, twice, or those of another audience. */
  apply(entries: readonly WireEntry[]): void;
  /** Takes note that entries up to `head` exist, and asks for those that do not arrive by themselves. */
  noteHead(head: number): void;
  /** Lets go at once of what was said before `head`, the entry that says that it was erased, and asks for that one. */
  clear(head: number): void;
  /** Asks `amend` anew about all entries. */
  amendAll(): void;
  /** Asks for everything after what is held. To be called whenever the connection opens. */
  resync(): void;
  /** Loads the page before the first entry. Never rejects: a failure shows in the snapshot. */
  loadOlder(): Promise<void>;
  dispose(): void;
};

/** Larger than every entry's number: "before it" are the newest. */
const BEYOND_ALL = 2_147_483_647;
/** The newest, for a first look: soon there, and enough for a screen. */
const FIRST_PAGE = 50;
/** What is missing, and what a reader scrolls back to: whole ones at a time. */
const LATER_PAGE = 200;

/**
 * The log of one conversation, which ends complete, in order and once, however entries arrive. It begins with the
 * newest page and asks for it at once when the line is open.
 */
export function createConversationLog<Entry extends WireEntry>(options: {
  conversationId: string;
  line: Line;
  /** Which of the two kinds of entry this client reads: `isTeamEntry` or `isCustomerEntry`. */
  accepts: (entry: WireEntry) => entry is Entry;
  /** An entry with what is known of it besides what came with it. */
  amend?: (entry: Entry) => Entry;
}): ConversationLog<Entry> {
  const { conversationId, line, accepts, amend = (entry: Entry) => entry } = options;
  const store = createStore<LogSnapshot<Entry>>({
    entries: [],
    state: { kind: "loading" },
    older: "none",
    head: 0,
  });
  const early = new Map<number, Entry>();
  let last: number | undefined;
  /** What was said before this number has been erased. */
  let clearedBefore = 0;

  const puller = createPuller({
    line,
    ask: () => (last === undefined ? askNewest() : askAfter(last)),
    behind: () => last === undefined || last < store.snapshot().head,
    refused: (failure) => change({ state: { kind: "refused", failure } }),
  });

  function change(part: Partial<LogSnapshot<Entry>>): void {
    store.set({ ...store.snapshot(), ...part });
  }

  /** Without what was erased, also while it was on its way. */
  function asKnown(arrived: Entry): Entry {
    const entry = amend(arrived);
    return entry.seq < clearedBefore && entry.occurrence.kind === "message"
      ? { ...entry, occurrence: { kind: "erased" } }
      : entry;
  }

  function letGoBefore(seq: number): void {
    clearedBefore = Math.max(clearedBefore, seq);
    change({ entries: store.snapshot().entries.map(asKnown) });
  }

  /** Keeps what is new and returns the entries that now follow the last one without a gap. */
  function take(arrived: readonly WireEntry[]): Entry[] {
    for (const entry of arrived.filter(accepts)) {
      if (last === undefined || entry.seq > last) {
        early.set(entry.seq, entry);
      }
    }
    for (const { seq, occurrence } of arrived) {
      if (occurrence.kind === "cleared") {
        letGoBefore(seq);
      }
    }
    const following: Entry[] = [];
    while (last !== undefined) {
      const next = early.get(last + 1);
      if (!next) {
        break;
      }
      early.delete(next.seq);
      following.push(asKnown(next));
      last = next.seq;
    }
    return following;
  }

  function absorb(arrived: readonly WireEntry[], knownHead: number): boolean {
    const following = take(arrived);
    const { entries, head, state } = store.snapshot();
    const nextHead = Math.max(head, knownHead, ...arrived.map((entry) => entry.seq));
    const readable = last !== undefined && state.kind !== "ready";
    if (following.length > 0 || nextHead > head || readable) {
      change({
        head: nextHead,
        ...(following.length > 0 && { entries: [...entries, ...following] }),
        ...(readable && { state: { kind: "ready" } }),
      });
    }
    return following.length > 0;
  }

  async function askNewest(): Promise<boolean> {
    const page = await line.request("entries.before", {
      conversationId,
      before: BEYOND_ALL,
      limit: FIRST_PAGE,
    });
    const lowest = Math.min(page.head + 1, ...page.entries.map((entry) => entry.seq));
    last = lowest - 1;
    change({ older: last > 0 ? "more" : "none" });
    absorb(page.entries, page.head);
    return true;
  }

  async function askAfter(held: number): Promise<boolean> {
    const page = await line.request("entries.after", { conversationId, after: held, limit: LATER_PAGE });
    absorb(page.entries, page.head);
    return last !== held;
  }

  async function loadOlder(): Promise<void> {
    const { older, entries } = store.snapshot();
    const first = entries[0];
    if (!first || older === "none" || older === "loading") {
      return;
    }
    change({ older: "loading" });
    try {
      const page = await line.request("entries.before", {
        conversationId,
        before: first.seq,
        limit: LATER_PAGE,
      });
      const before = page.entries.filter(accepts).sort((left, right) => left.seq - right.seq);
      const reached = before[0]?.seq ?? first.seq;
      change({
        entries: [...before.map(asKnown), ...store.snapshot().entries],
        older: reached === 1 ? "none" : before.length > 0 ? "more" : "failed",
      });
    } catch {
      change({ older: "failed" });
    }
  }

  function askIfBehind(): void {
    const { head } = store.snapshot();
    if (last !== undefined && last < head) {
      puller.soon();
    }
  }

  function noteHead(head: number): void {
    absorb([], head);
    askIfBehind();
  }

  puller.now();

  return {
    snapshot: store.snapshot,
    subscribe: store.subscribe,
    apply(entries) {
      absorb(entries, 0);
      askIfBehind();
    },
    noteHead,
    clear(head) {
      letGoBefore(head);
      noteHead(head);
    },
    amendAll: () => letGoBefore(0),
    resync: () => puller.now(),
    loadOlder,
    dispose: puller.stop,
  };
}
