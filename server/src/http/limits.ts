import type { ErrorCode } from "@grata/contract/errors";
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from "rate-limiter-flexible";
import type { RedisClientType } from "redis";
import { Refusal } from "../refusal.ts";

/** Counts what a network address does, over HTTP and sockets alike, and refuses what is too much. */
export type Limits = {
  signIn(network: string): Promise<void>;
  newVisitor(network: string): Promise<void>;
  newChat(network: string): Promise<void>;
  /** Counts by organisation: each check makes us fetch a page. */
  pageCheck(organisationId: string): Promise<void>;
};

/** With Redis the nodes count together; while Redis is away each counts for itself. */
export function createLimits(redis: RedisClientType | null, chatsPerAddress: number): Limits {
  function limiter(keyPrefix: string, points: number, seconds: number, code: ErrorCode) {
    const settings = { keyPrefix: `grata:${keyPrefix}`, points, duration: seconds };
    const memory = new RateLimiterMemory(settings);
    const counter: RateLimiterAbstract = redis
      ? new RateLimiterRedis({
          ...settings,
          storeClient: redis,
          useRedisPackage: true,
          insuranceLimiter: memory,
        })
      : memory;
    return async (network: string) => {
      try {
        await counter.consume(network);
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        throw new Refusal(code, { retryAfter: Math.ceil(error.msBeforeNext / 1000) });
      }
    };
  }
  return {
    signIn: limiter("sign-in", 100, 60, "too_many_attempts"),
    newVisitor: limiter("visitor", chatsPerAddress * 4, 600, "too_many_requests"),
    newChat: limiter("chat", chatsPerAddress, 600, "too_many_chats"),
    pageCheck: limiter("page-check", 30, 60, "too_many_requests"),
  };
}
