import { Bucket, type Rate } from "./bucket.ts";

/** The counts of one visitor, user or network, and how each of its open sockets is cut. */
export type Account<Kind extends string> = { buckets: Record<Kind, Bucket>; open: Set<() => void> };

export type Spent = { name: string; bucket: Bucket; count: number };

/** Accounts by name. One with no socket whose buckets are full again is as good as none, and is forgotten. */
export class Accounts<Kind extends string> {
  readonly #kinds: Kind[];
  readonly #known = new Map<string, Account<Kind>>();

  constructor(kinds: Kind[]) {
    this.#kinds = kinds;
  }

  of(name: string, rates: Record<Kind, Rate>, now: number): Account<Kind> {
    const known = this.#known.get(name);
    if (known) return known;
    const buckets = this.#kinds.map((kind) => [kind, new Bucket(rates[kind], now)]);
    const account: Account<Kind> = { buckets: Object.fromEntries(buckets), open: new Set() };
    this.#known.set(name, account);
    return account;
  }

  forgetIdle(now: number): void {
    for (const [name, { buckets, open }] of this.#known) {
      if (open.size === 0 && this.#kinds.every((kind) => buckets[kind].share(now) === 1))
        this.#known.delete(name);
    }
  }

  /** Returns the amounts taken since the last call from half-empty buckets: only there other nodes matter. */
  *spent(now: number): Iterable<Spent> {
    for (const [name, { buckets }] of this.#known) {
      for (const kind of this.#kinds) {
        const bucket = buckets[kind];
        if (bucket.share(now) > 0.5) continue;
        yield { name: `${kind}:${name}`, bucket, count: bucket.reportSpent() };
      }
    }
  }
}
