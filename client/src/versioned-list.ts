import type { CurrentConversation, WaitingConversation } from "@grata/contract/conversations";
import type { Failure } from "@grata/contract/errors";
import type { WaitOrder } from "@grata/contract/realtime";
import type { Line } from "./connection.ts";
import { type Answer, createListPart, type Part, type Step } from "./list-part.ts";
import { createPuller } from "./puller.ts";
import { createStore, type Observable } from "./store.ts";

/** Time a step waits for the one before it: up to twice this, so that consoles do not all ask at once. */
const GAP_PATIENCE = 500;

export type { Step } from "./list-part.ts";

export type ListSnapshot<Item> = Part<Item> & {
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

export type WaitingList = VersionedList<WaitingConversation> & {
  /** From now on a list that is too long to be loaded whole is loaded from its other end. */
  turn(order: WaitOrder): void;
};

/**
 * The customers who wait in a queue, longest first; without one: in everybody's, which tells of the other queues. Of
 * many only those are loaded who come first in `order`.
 */
export function createWaitingList(
  line: Line,
  {
    queue,
    order = "longest",
    onQueues,
  }: { queue?: string; order?: WaitOrder; onQueues?: (queues: readonly string[]) => void } = {},
): WaitingList {
  let wanted = order;
  const { reload, ...list } = createVersionedList({
    line,
    load: async () => {
      const answer = await line.request("waiting.list", { ...(queue && { queue }), order: wanted });
      onQueues?.(answer.queues ?? []);
      // A server that knows no order sends those who wait longest.
      return { ...answer, from: answer.order === "newest" ? ("end" as const) : ("start" as const) };
    },
    order: byWaiting,
  });
  return {
    ...list,
    turn(next) {
      if (next !== wanted) {
        wanted = next;
        reload();
      }
    },
  };
}

/** The chats that this agent has claimed, earliest first. */
export function createCurrentList(line: Line): VersionedList<CurrentConversation> {
  const { reload, ...list } = createVersionedList({
    line,
    load: () => line.request("current.list", {}),
    order: (left, right) => (left.claimedAt ?? 0) - (right.claimedAt ?? 0) || compare(left.id, right.id),
  });
  return list;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function createVersionedList<Item extends { id: string }>(options: {
  line: Line;
  load: () => Promise<Answer<Item>>;
  order: (left: Item, right: Item) => number;
}): VersionedList<Item> & { reload(): void } {
  const { line, load, order } = options;
  const part = createListPart(order);
  const store = createStore<ListSnapshot<Item>>({ ...part.now(), version: 0, state: { kind: "loading" } });
  const early = new Map<number, Step<Item>>();
  let held: number | undefined;
  let known = 0;
  /** Counts the requests for another end of the list, and names the one that the loaded part answers. */
  let wanted = 0;
  let answered = 0;

  const puller = createPuller({
    line,
    patience: GAP_PATIENCE,
    ask,
    behind: () => held === undefined || held < known || answered < wanted || part.isWorn(),
    refused: (failure) => store.set({ ...store.snapshot(), state: { kind: "refused", failure } }),
  });

  function show(shown: Part<Item>, version: number): void {
    held = version;
    known = Math.max(known, version);
    store.set({ ...shown, version, state: { kind: "ready" } });
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
      show(part.advance(step), step.version);
    }
  }

  async function ask(): Promise<boolean> {
    const before = held;
    const asked = wanted;
    const answer = await load();
    // Steps that overtook the answer have already brought us past it.
    const overtaken = before !== undefined && answer.version >= before && answer.version < (held ?? 0);
    if (!overtaken) {
      // A version below ours, and nothing overtook: the server was restored from a backup, and it is right.
      if (before !== undefined && answer.version < before) {
        known = answer.version;
        early.clear();
      }
      answered = asked;
      show(part.begin(answer), answer.version);
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
    reload() {
      // A list that is here whole is the same from either end.
      if (held === undefined || part.now().more !== undefined) {
        wanted += 1;
        puller.now();
      }
    },
    dispose: puller.stop,
  };
}
