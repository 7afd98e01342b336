import type { Item } from "./item.ts";

/**
 * What waits to be stored, first in, first out within each conversation. A conversation that is locked elsewhere is
 * set aside: its items keep their order and are offered again later, the others do not wait for it.
 */
export class AppendQueue {
  #lanes = new Map<string, { items: Item[]; asideUntil: number }>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(item: Item): void {
    const lane = this.#lanes.get(item.entry.conversationId);
    if (lane) lane.items.push(item);
    else this.#lanes.set(item.entry.conversationId, { items: [item], asideUntil: 0 });
    this.#size++;
  }

  /** Takes up to `limit` items of the conversations that are not set aside. */
  take(limit: number, now: number): Item[] {
    const taken: Item[] = [];
    for (const [conversationId, lane] of this.#lanes) {
      if (taken.length >= limit) break;
      if (lane.asideUntil > now) continue;
      taken.push(...lane.items.splice(0, limit - taken.length));
      if (lane.items.length === 0) this.#lanes.delete(conversationId);
    }
    this.#size -= taken.length;
    return taken;
  }

  /** Puts items of one conversation back to where they were in the order, not to be taken before `until`. */
  setAside(items: Item[], until: number): void {
    const [first] = items;
    if (!first) return;
    const { conversationId } = first.entry;
    const others = this.#lanes.get(conversationId)?.items ?? [];
    // Patience is the same for all, so that deadlines stand in the order of arrival.
    const all = [...items, ...others].sort((one, other) => one.deadline - other.deadline);
    this.#lanes.set(conversationId, { items: all, asideUntil: until });
    this.#size += items.length;
  }

  /** Whether items of this conversation have been set aside, so that later ones must wait behind them. */
  isAside(conversationId: string): boolean {
    return (this.#lanes.get(conversationId)?.asideUntil ?? 0) > 0;
  }

  /** When the next conversation that is set aside may be taken; null when nothing waits. */
  nextTurn(): number | null {
    let earliest: number | null = null;
    for (const lane of this.#lanes.values()) {
      if (earliest === null || lane.asideUntil < earliest) earliest = lane.asideUntil;
    }
    return earliest;
  }

  /** Takes everything, for the end. */
  drain(): Item[] {
    const all = [...this.#lanes.values()].flatMap((lane) => lane.items);
    this.#lanes.clear();
    this.#size = 0;
    return all;
  }
}
