/** One step of a list, from `version - 1` to `version`. */
export type Step<Item> = {
  version: number;
  total?: number;
  changed: readonly Item[];
  removed: readonly string[];
};

/** The list as the server tells it when it is asked. */
export type Answer<Item> = {
  version: number;
  total?: number;
  conversations: readonly Item[];
  /** The end of the list of which these are as many as the answer has room for. */
  from?: "start" | "end";
};

export type Part<Item> = {
  items: readonly Item[];
  /** Size of the whole list; `items` may hold only its beginning or its end. */
  total: number;
  /** The side of `items` on which there are more; left out: these are all. */
  more?: "after" | "before";
};

export type ListPart<Item> = {
  /** Returns the loaded part. */
  now(): Part<Item>;
  begin(answer: Answer<Item>): Part<Item>;
  advance(step: Step<Item>): Part<Item>;
  /** Half of what was here is gone and there are more: time for the next lines. */
  isWorn(): boolean;
};

/** Where the lines that are here end: the last line of an answer that had no room for those beyond it. */
type Horizon<Item> = { line: Item; beyond: "after" | "before" };

/** The part of a list that is here, in order. It is whole, or reaches from one end to a horizon without a gap. */
export function createListPart<Item extends { id: string }>(
  order: (left: Item, right: Item) => number,
): ListPart<Item> {
  let part: Part<Item> = { items: [], total: 0 };
  let loaded = 0;
  let horizon: Horizon<Item> | undefined;

  /** A line beyond the horizon is not shown before those that stand between, which are not here. */
  function isInSight(item: Item): boolean {
    if (horizon === undefined) {
      return true;
    }
    const place = order(item, horizon.line);
    return horizon.beyond === "after" ? place <= 0 : place >= 0;
  }

  function show(items: readonly Item[], total = items.length): Part<Item> {
    if (items.length >= total) {
      horizon = undefined;
    }
    part = { items, total, ...(horizon && { more: horizon.beyond }) };
    return part;
  }

  return {
    now: () => part,
    begin({ conversations, total, from = "start" }) {
      const items = conversations.toSorted(order);
      const last = from === "start" ? items.at(-1) : items[0];
      loaded = items.length;
      horizon = last && { line: last, beyond: from === "start" ? "after" : "before" };
      return show(items, total);
    },
    advance({ changed, removed, total }) {
      const gone = new Set([...removed, ...changed.map(({ id }) => id)]);
      const kept = part.items.filter(({ id }) => !gone.has(id));
      return show([...kept, ...changed.filter(isInSight)].sort(order), total);
    },
    isWorn: () => part.items.length < part.total && part.items.length < loaded / 2,
  };
}
