import type { RedisClientType } from "redis";

/** So often a connection that only listens makes sure that it still has somebody to listen to. */
const pingMilliseconds = 3_000;

/**
 * Our Redis client as the adapter of socket.io sees it.
 *
 * The adapter tells the sockets of this node only when Redis has taken what it tells the other nodes. Here it is taken
 * at once: nobody on this node waits for Redis, and what does not reach another node is repaired by its heads.
 *
 * It reads its stream on a copy of the client, in a loop that tries again at once. A copy that refuses while Redis is
 * away, as our client does, would make that loop spin and stop everything else here: a copy has to wait.
 */
export function streamClient(redis: RedisClientType) {
  const send = (sending: Promise<unknown>) => {
    sending.catch(() => undefined);
    return Promise.resolve("");
  };
  return {
    duplicate: () => redis.duplicate({ disableOfflineQueue: false, pingInterval: pingMilliseconds }),
    xAdd: (...command: Parameters<RedisClientType["xAdd"]>) => send(redis.xAdd(...command)),
    publish: (...command: Parameters<RedisClientType["publish"]>) => send(redis.publish(...command)),
    // By this one the adapter tells which library a client is of.
    sSubscribe: redis.sSubscribe,
  };
}
