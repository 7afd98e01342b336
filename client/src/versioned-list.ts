import type { CurrentConversation, WaitingConversation } from "@grata/contract/conversations";
import type { Failure } from "@grata/contract/errors";
import type { Line } from "./connection.ts";
import { createPuller } from "./puller.ts";
import { createStore, type Observable } from "./store.ts";

/** How long a step waits for the one before it, at least; up to twice that, so that not all consoles ask at once. */
const GAP_PATIENCE = 500;

/** What happened between the list's `version - 1` and its `version`. */
export type Step<Item> = {
  version: number;
  total?: number;
  changed: readonly Item[];
  removed: readonly string[];
};

export type ListSnapshot<Item> = {
  items: readonly Item[];
  /** How many there are, of which `items` may be only the first. */
  total: number;
  version: number;
  state: { kind: "loading" } | { kind: "ready" } | { kind: "refused"; failure: Failure };
};

export type VersionedList<Item> = Observable<ListSnapshot<Item>> & {
  /** Takes a step that arrived: in any order, early or twice. */
  apply(step: Step<Item>): void;
  /** Takes note that this version exists, and asks for the list if its steps do not arrive. */
  noteVersion(version: number): void;
  /** Asks for the whole list. To be called whenever the connection opens. */
  resync(): void;
  dispose(): void;
};

/** Longest waiting first. */
export const byWaiting = (left: WaitingConversation, right: WaitingConversation) =>
  left.waitingSince - right.waitingSince || compare(left.id, right.id);

/** The customers who wait in a queue, longest first; without one: in everybody's, which tells of the other queues. */
export function createWaitingList(
  line: Line,
  queue?: string,
  onQueues?: (queues: readonly string[]) => void,
): VersionedList<WaitingConversation> {
  return createVersionedList({
    line,
    load: async () => {
      const answer = await line.request("waiting.list", queue === undefined ? {} : { queue });
      onQueues?.(answer.queues ?? []);
      return answer;
    },
    order: byWaiting,
  });
}

/** The chats that this agent has claimed, earliest first. */
export function createCurrentList(line: Line): VersionedList<CurrentConversation> {
  return createVersionedList({
    line,
    load: () => line.request("current.list", {}),
    order: (left, right) => (left.claimedAt ?? 0) - (right.claimedAt ?? 0) || compare(left.id, right.id),
  });
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function createVersionedList<Item extends { id: string }>(options: {
  line: Line;
  load: () => Promise<{ version: number; total?: number; conversations: Item[] }>;
  order: (left: Item, right: Item) => number;
}): VersionedList<Item> {
  const { line, load, order } = options;
  const store = createStore<ListSnapshot<Item>>({
    items: [],
    total: 0,
    version: 0,
    state: { kind: "loading" },
  });
  const early = new Map<number, Step<Item>>();
  let held: number | undefined;
  let known = 0;
  let loaded = 0;
  /** The last line of an answer that was only the beginning: what sorts behind it is not shown before it is asked for. */
  let horizon: Item | undefined;

  const puller = createPuller({
    line,
    patience: GAP_PATIENCE,
    ask,
    behind: () => held === undefined || held < known || isWorn(),
    refused: (failure) => store.set({ ...store.snapshot(), state: { kind: "refused", failure } }),
  });

  /** The server sent the beginning of a longer list, and half of that is gone: time for the next lines. */
  function isWorn(): boolean {
    const { items, total } = store.snapshot();
    return items.length < total && items.length < loaded / 2;
  }

  function show(items: readonly Item[], version: number, total: number | undefined): void {
    held = version;
    known = Math.max(known, version);
    if (total === undefined || items.length >= total) {
      horizon = undefined;
    }
    store.set({ items, version, total: total ?? items.length, state: { kind: "ready" } });
  }

  function takeEarly(): void {
    for (const version of early.keys()) {
      if (held !== undefined && version <= held) {
        early.delete(version);
      }
    }
    while (held !== undefined) {
      const step = early.get(held + 1);
      if (!step) {
        return;
      }
      early.delete(step.version);
      const gone = new Set([...step.removed, ...step.changed.map((item) => item.id)]);
      const kept = store.snapshot().items.filter((item) => !gone.has(item.id));
      const near = step.changed.filter((item) => horizon === undefined || order(item, horizon) <= 0);
      show([...kept, ...near].sort(order), step.version, step.total);
    }
  }

  async function ask(): Promise<boolean> {
    const before = held;
    const answer = await load();
    // Steps that overtook the answer have already brought us past it.
    const overtaken = before !== undefined && answer.version >= before && answer.version < (held ?? 0);
    if (!overtaken) {
      // A version below ours, and nothing overtook: the server was restored from a backup, and it is right.
      if (before !== undefined && answer.version < before) {
        known = answer.version;
        early.clear();
      }
      const items = answer.conversations.toSorted(order);
      loaded = items.length;
      horizon = items.at(-1);
      show(items, answer.version, answer.total);
    }
    takeEarly();
    return held !== before;
  }

  puller.now();

  return {
    snapshot: store.snapshot,
    subscribe: store.subscribe,
    apply(step) {
      known = Math.max(known, step.version);
      early.set(step.version, step);
      takeEarly();
      puller.soon();
    },
    noteVersion(version) {
      known = Math.max(known, version);
      puller.soon();
    },
    resync: puller.now,
    dispose: puller.stop,
  };
}
