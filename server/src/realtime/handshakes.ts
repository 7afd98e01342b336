import type { ErrorCode } from "@grata/contract/errors";
import { Refusal } from "../foundation/refusal/refusal.ts";
import { Accounts } from "./accounts.ts";
import { failedHandshakes, type ratesOf, refusedHandshakes, socketsRetryAfter, tooMany } from "./rates.ts";

/** Of an unknown token, and of somebody who is kept out or has too many sockets. */
const vain = new Set<ErrorCode>(["sign_in_required", "too_many_requests"]);

/** The limits of a network before a handshake says who connects. */
export type Handshakes = {
  accounts: Accounts<"handshakes" | "failed" | "refused">;
  /** Tells whether a network gets no connection for now: even refusals were too many. */
  isShut(network: string): boolean;
  /** Counts a connection of a network until `release`. */
  connect(network: string): { release(): void };
  /**
   * Looks up who offers a handshake, and admits them. Throws `too_many_requests` before it where the network has too
   * many sockets, or offered too many handshakes in vain.
   */
  lookUp<Found>(network: string, look: () => Promise<Found>): Promise<Found>;
};

export function createHandshakes({ handshakes, socketsPerAddress }: ReturnType<typeof ratesOf>): Handshakes {
  const accounts = new Accounts(["handshakes", "failed", "refused"]);
  const rates = { handshakes, failed: failedHandshakes, refused: refusedHandshakes };
  const of = (network: string, now: number) => accounts.of(network, rates, now);

  /** Until the next one may be looked up. */
  function waitOf({ buckets, open }: ReturnType<typeof of>, now: number): number {
    if (open.size > socketsPerAddress) return socketsRetryAfter;
    return Math.max(buckets.handshakes.wait(1, now), buckets.failed.wait(1, now));
  }

  return {
    accounts,
    isShut(network) {
      const now = performance.now();
      const account = of(network, now);
      return waitOf(account, now) > 0 && account.buckets.refused.wait(1, now) > 0;
    },
    connect(network) {
      const { open } = of(network, performance.now());
      const release = () => void open.delete(release);
      open.add(release);
      return { release };
    },
    async lookUp(network, look) {
      const now = performance.now();
      const account = of(network, now);
      const { buckets } = account;
      const wait = waitOf(account, now);
      if (wait > 0) {
        buckets.refused.take(1, now);
        throw tooMany(wait);
      }
      buckets.handshakes.take(1, now);
      // Taken before it is known, so that many at once cannot all be looked up first.
      buckets.failed.take(1, now);
      let inVain = false;
      try {
        return await look();
      } catch (error) {
        inVain = error instanceof Refusal && vain.has(error.code);
        throw error;
      } finally {
        if (!inVain) buckets.failed.take(-1, performance.now());
      }
    },
  };
}
