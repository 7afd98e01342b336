import type { Refusal } from "../foundation/refusal/refusal.ts";
import { type Account, Accounts } from "./accounts.ts";
import type { Connected } from "./context.ts";
import {
  barredMilliseconds,
  costOf,
  type Rates,
  type ratesOf,
  socketsPerUser,
  socketsPerVisitor,
  socketsRetryAfter,
  timesBoth,
  tooMany,
} from "./rates.ts";

/** An IPv6 network of which a customer is given one of many parts may do so much more than one part. */
const widerFactor = 4;

/** The limits of one socket. */
export type Allowance = {
  /** Counts a request. Returns the refusal if it is one too many. */
  take(payload: unknown): Refusal | null;
  /** The socket is gone. */
  release(): void;
};

/** The limits of visitors and users, each alone and all of one network together. */
export type Allowances = {
  people: Accounts<keyof Rates | "refused">;
  networks: Accounts<keyof Rates>;
  /** Counts a socket. Throws `too_many_requests` when it is one too many. `cut` ends it at once. */
  admit(connected: Connected, cut: () => void): Allowance;
};

export function createAllowances(rates: ReturnType<typeof ratesOf>): Allowances {
  const people = new Accounts(["says", "asks", "refused"]);
  const networks = new Accounts(["says", "asks"]);
  /** Until when somebody is kept out who went on after very many refusals. */
  const barred = new WeakMap<Account<"refused">, number>();

  function networksOf({ network, principal: { kind } }: Connected, now: number): Account<keyof Rates>[] {
    const ofNetwork = rates.ofNetwork[kind];
    const own = networks.of(`${kind}@${network}`, ofNetwork, now);
    if (!network.includes(":")) return [own];
    const wider = network.split(":").slice(0, 3).join(":");
    return [own, networks.of(`${kind}@${wider}/48`, timesBoth(ofNetwork, widerFactor), now)];
  }

  /** To refuse costs time as well: somebody who does not stop is cut, and kept out for a while. */
  function noteRefusal(person: Account<"refused">, now: number): void {
    const { refused } = person.buckets;
    if (refused.wait(1, now) === 0) refused.take(1, now);
    else {
      barred.set(person, now + barredMilliseconds);
      for (const cut of person.open) cut();
    }
  }

  return {
    people,
    networks,
    admit(connected, cut) {
      const now = performance.now();
      const { kind } = connected.principal;
      const person = people.of(nameOf(connected), { ...rates.own[kind], refused: rates.refused[kind] }, now);
      const barredFor = (barred.get(person) ?? 0) - now;
      if (barredFor > 0) throw tooMany(barredFor);
      const most = kind === "visitor" ? socketsPerVisitor : socketsPerUser;
      if (person.open.size >= most) throw tooMany(socketsRetryAfter);
      person.open.add(cut);
      const counted = [person, ...networksOf(connected, now)];
      return {
        take(payload) {
          const { kind: bucket, count } = costOf(payload);
          const time = performance.now();
          const wait = Math.max(...counted.map(({ buckets }) => buckets[bucket].wait(count, time)));
          if (wait > 0) {
            noteRefusal(person, time);
            return tooMany(wait);
          }
          for (const { buckets } of counted) buckets[bucket].take(count, time);
          return null;
        },
        release: () => void person.open.delete(cut),
      };
    },
  };
}

function nameOf({ principal }: Connected): string {
  return principal.kind === "user" ? `user:${principal.userId}` : `visitor:${principal.customerId}`;
}
