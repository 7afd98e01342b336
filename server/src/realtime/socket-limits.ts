import type { RedisClientType } from "redis";
import { type Allowances, createAllowances } from "./allowances.ts";
import { createHandshakes, type Handshakes } from "./handshakes.ts";
import { ratesOf, type SocketLimits } from "./rates.ts";
import { createSpentSharing } from "./share-spent.ts";

/**
 * Limits of what comes by sockets. A node decides at once by what it counts itself, without a word to anybody; what
 * other nodes count is added every second (docs/limits.md).
 */
export function createSocketLimits(
  limits: SocketLimits,
  redis: RedisClientType | null,
): Omit<Handshakes, "accounts"> & Pick<Allowances, "admit"> & { close(): void } {
  const rates = ratesOf(limits);
  const { accounts: doors, ...handshakes } = createHandshakes(rates);
  const { people, networks, admit } = createAllowances(rates);
  const share = redis && createSpentSharing(redis);
  const timer = setInterval(() => {
    const now = performance.now();
    for (const accounts of [doors, people, networks]) accounts.forgetIdle(now);
    void share?.([doors, people, networks].flatMap((accounts) => [...accounts.spent(now)]));
  }, 1_000);
  return { ...handshakes, admit, close: () => clearInterval(timer) };
}
