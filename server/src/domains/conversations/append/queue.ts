import { Fifo } from "./fifo.ts";
import type { Item } from "./item.ts";

/** Messages of one conversation that may wait: beyond that its writers come back later. */
export const laneLimit = 64;
/** The same for all conversations of one organisation. */
export const organisationLimit = 4_000;
/** Taken from one conversation before it is the turn of another organisation. */
const turnLength = 16;

/** The waiting items of one conversation. `offered`: it is among those whose turn comes. 0: it is not set aside. */
type Lane = { tenant: Tenant; items: Item[]; offered: boolean; asideUntil: number };
/** The conversations of one organisation whose turn comes, and how much waits in all of its conversations. */
type Tenant = { id: string; ready: Fifo<Lane>; offered: boolean; waiting: number };

/**
 * Queues items to be stored, first in, first out within a conversation. Organisations take turns, and within each its
 * conversations do, so that nobody waits long behind somebody who sends very much. A conversation that is locked
 * elsewhere is set aside: its items keep their order and are offered again later, the others do not wait for it.
 */
export class AppendQueue {
  #lanes = new Map<string, Lane>();
  #tenants = new Map<string, Tenant>();
  #turns = new Fifo<Tenant>();
  #aside = new Set<Lane>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** False, and nothing is done, when too much of its conversation or of its organisation waits already. */
  add(item: Item): boolean {
    const lane = this.#laneOf(item);
    if (lane.items.length >= laneLimit || lane.tenant.waiting >= organisationLimit) {
      this.#forgetEmpty(lane, item);
      return false;
    }
    lane.items.push(item);
    this.#count(lane.tenant, 1);
    if (lane.asideUntil === 0) this.#offer(lane);
    return true;
  }

  /** Takes up to `limit` items of the conversations that are not set aside. */
  take(limit: number, now: number): Item[] {
    this.#bringBack(now);
    const taken: Item[] = [];
    while (taken.length < limit) {
      const tenant = this.#turns.shift();
      if (!tenant) break;
      tenant.offered = false;
      const lane = nextReady(tenant);
      if (!lane) continue;
      const turn = lane.items.splice(0, Math.min(turnLength, limit - taken.length));
      taken.push(...turn);
      this.#count(tenant, -turn.length);
      if (lane.items.length > 0) this.#offer(lane);
      else if (turn[0]) this.#forgetEmpty(lane, turn[0]);
      if (!tenant.ready.isEmpty) this.#giveTurn(tenant);
    }
    return taken;
  }

  /** Puts items of one conversation back to where they were in the order, not to be taken before `until`. */
  setAside(items: Item[], until: number): void {
    const [first] = items;
    if (!first) return;
    const lane = this.#laneOf(first);
    // Patience is the same for all, so that deadlines stand in the order of arrival.
    lane.items = [...items, ...lane.items].sort((one, other) => one.deadline - other.deadline);
    lane.asideUntil = until;
    this.#aside.add(lane);
    this.#count(lane.tenant, items.length);
  }

  /** Tells whether items of this conversation are set aside, so that later ones must wait behind them. */
  isAside(conversationId: string): boolean {
    return (this.#lanes.get(conversationId)?.asideUntil ?? 0) > 0;
  }

  /** When the next conversation may be taken: 0 when one is ready, null when nothing waits. */
  nextTurn(): number | null {
    if (this.#lanes.size === 0) return null;
    if (this.#aside.size < this.#lanes.size) return 0;
    return [...this.#aside].reduce((earliest, lane) => Math.min(earliest, lane.asideUntil), Infinity);
  }

  /** Takes everything, for the end. */
  drain(): Item[] {
    const all = [...this.#lanes.values()].flatMap((lane) => lane.items);
    this.#lanes.clear();
    this.#tenants.clear();
    this.#turns = new Fifo();
    this.#aside.clear();
    this.#size = 0;
    return all;
  }

  #laneOf({ entry: { conversationId, organisationId } }: Item): Lane {
    const known = this.#lanes.get(conversationId);
    if (known) return known;
    const lane: Lane = { tenant: this.#tenantOf(organisationId), items: [], offered: false, asideUntil: 0 };
    this.#lanes.set(conversationId, lane);
    return lane;
  }

  #tenantOf(id: string): Tenant {
    const known = this.#tenants.get(id);
    if (known) return known;
    const tenant: Tenant = { id, ready: new Fifo(), offered: false, waiting: 0 };
    this.#tenants.set(id, tenant);
    return tenant;
  }

  #forgetEmpty(lane: Lane, { entry }: Item): void {
    if (lane.items.length === 0) this.#lanes.delete(entry.conversationId);
    if (lane.tenant.waiting === 0) this.#tenants.delete(lane.tenant.id);
  }

  #count(tenant: Tenant, difference: number): void {
    tenant.waiting += difference;
    this.#size += difference;
  }

  #offer(lane: Lane): void {
    if (!lane.offered) lane.tenant.ready.push(lane);
    lane.offered = true;
    this.#giveTurn(lane.tenant);
  }

  #giveTurn(tenant: Tenant): void {
    if (!tenant.offered) this.#turns.push(tenant);
    tenant.offered = true;
  }

  #bringBack(now: number): void {
    for (const lane of this.#aside) {
      if (lane.asideUntil > now) continue;
      this.#aside.delete(lane);
      lane.asideUntil = 0;
      this.#offer(lane);
    }
  }
}

/** The conversation whose turn it is; one that was set aside meanwhile leaves the row until it is brought back. */
function nextReady({ ready }: Tenant): Lane | undefined {
  for (;;) {
    const lane = ready.shift();
    if (!lane) return undefined;
    lane.offered = false;
    if (lane.asideUntil === 0) return lane;
  }
}
