import type { ErrorCode } from "@grata/contract/errors";
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from "rate-limiter-flexible";
import type { RedisClientType } from "redis";
import { Refusal } from "../refusal/refusal.ts";
import { type CountUpload, createUploadLimits } from "./upload-limits.ts";

/** Failed sign-ins of one network in an hour before it has to wait: a whole office may be behind it. */
const freeFailures = 30;
const failuresCounted = 1_000_000;
const longestPauseSeconds = 600;

/** Of one organisation: a team of two thousand in one go, and some more by hand. */
const invitationsAnHour = 2_500;

/** Counts what a network address does, over HTTP and sockets alike, and refuses what is too much. */
export type Limits = {
  signIn(network: string): Promise<void>;
  /** Called when a sign-in has failed: beyond some, each makes the next wait twice as long as the one before. */
  signInFailed(network: string): Promise<void>;
  /** Refuses during that wait. */
  signInPause(network: string): Promise<void>;
  /** Counts by the address that a link is asked for, whether or not it belongs to anybody. */
  recovery(email: string): Promise<void>;
  newVisitor(network: string): Promise<void>;
  newChat(network: string): Promise<void>;
  /** Counts by organisation: each check makes us fetch a page. */
  pageCheck(organisationId: string): Promise<void>;
  /** The same: each check makes us ask the DNS. */
  hostCheck(organisationId: string): Promise<void>;
  /** The same: each logo is decoded. */
  newLogo(organisationId: string): Promise<void>;
  /** Counts by user what they take out of here: transcripts and exports. */
  takeOut(userId: string): Promise<void>;
  /** Counts by organisation the invitations that it sends. */
  invitations(organisationId: string, count: number): Promise<void>;
  /** Counts by address, whichever organisation invites it: each is a mail. */
  invitation(email: string): Promise<void>;
  upload: CountUpload;
};

/** With Redis the nodes count together; while Redis is away each counts for itself. */
export function createLimits(redis: RedisClientType | null, chatsPerAddress: number): Limits {
  function counterOf(keyPrefix: string, points: number, seconds: number): RateLimiterAbstract {
    const settings = { keyPrefix: `grata:${keyPrefix}`, points, duration: seconds };
    const memory = new RateLimiterMemory(settings);
    return redis
      ? new RateLimiterRedis({
          ...settings,
          storeClient: redis,
          useRedisPackage: true,
          rejectIfRedisNotReady: true,
          insuranceLimiter: memory,
        })
      : memory;
  }
  function limiter(keyPrefix: string, points: number, seconds: number, code: ErrorCode) {
    const counter = counterOf(keyPrefix, points, seconds);
    return async (network: string, counted = 1) => {
      try {
        await counter.consume(network, counted);
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        throw new Refusal(code, { retryAfter: Math.ceil(error.msBeforeNext / 1000) });
      }
    };
  }
  const failures = counterOf("sign-in-failures", failuresCounted, 3600);
  const pauses = counterOf("sign-in-pauses", 0, 1);
  return {
    signIn: limiter("sign-in", 100, 60, "too_many_attempts"),
    async signInPause(network) {
      const pause = await pauses.get(network);
      if (pause && pause.msBeforeNext > 0) {
        throw new Refusal("too_many_attempts", { retryAfter: Math.ceil(pause.msBeforeNext / 1000) });
      }
    },
    async signInFailed(network) {
      const { consumedPoints } = await failures.consume(network);
      const beyond = consumedPoints - freeFailures;
      if (beyond > 0) await pauses.block(network, Math.min(2 ** (beyond - 1), longestPauseSeconds));
    },
    recovery: limiter("recovery", 5, 3600, "too_many_requests"),
    newVisitor: limiter("visitor", chatsPerAddress * 4, 600, "too_many_requests"),
    newChat: limiter("chat", chatsPerAddress, 600, "too_many_chats"),
    pageCheck: limiter("page-check", 30, 60, "too_many_requests"),
    hostCheck: limiter("host-check", 30, 60, "too_many_requests"),
    newLogo: limiter("new-logo", 30, 60, "too_many_requests"),
    takeOut: limiter("take-out", 300, 600, "too_many_requests"),
    invitations: limiter("invitations", invitationsAnHour, 3600, "too_many_requests"),
    invitation: limiter("invitation", 3, 600, "too_many_requests"),
    upload: createUploadLimits(counterOf, chatsPerAddress),
  };
}
