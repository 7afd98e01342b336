import type { RedisClientType } from "redis";
import type { Spent } from "./accounts.ts";
import type { Bucket } from "./bucket.ts";

/** Totals that nobody adds to for so long are gone: by then a bucket is full again. */
const keptSeconds = 60;
/** More would be a burden for Redis; the rest is told the next time. */
const mostAtOnce = 5_000;

/**
 * Tells the other nodes, by sums in Redis, what was taken here, and takes from our buckets what was taken there. Nobody
 * waits for it: a node decides by its own buckets, which are right again within a second.
 */
export function createSpentSharing(redis: RedisClientType): (spent: Iterable<Spent>) => Promise<void> {
  const totals = new WeakMap<Bucket, number>();
  let underWay = false;

  async function exchange(spent: Spent[]): Promise<void> {
    const commands = redis.multi();
    for (const { name, count } of spent) {
      const key = `grata:spent:${name}`;
      commands.incrBy(key, count).expire(key, keptSeconds);
    }
    const replies = await commands.execAsPipeline();
    for (const [index, { bucket, count }] of spent.entries()) {
      const total = Number(replies[index * 2]);
      const before = totals.get(bucket);
      totals.set(bucket, total);
      // A smaller sum than before is a new one.
      if (before !== undefined && total >= before + count)
        bucket.charge(total - before - count, performance.now());
    }
  }

  return async (spent) => {
    // While Redis hangs or is away each node counts for itself.
    if (underWay || !redis.isReady) return;
    const some = Array.from(spent).slice(0, mostAtOnce);
    if (some.length === 0) return;
    underWay = true;
    try {
      await exchange(some);
    } catch {
      // An untold amount is lost, which only makes other nodes a little more generous.
    } finally {
      underWay = false;
    }
  };
}
