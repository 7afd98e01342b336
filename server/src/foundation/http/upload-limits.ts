import { type RateLimiterAbstract, RateLimiterRes } from "rate-limiter-flexible";
import { Refusal } from "../refusal/refusal.ts";

const megabyte = 1_048_576;
const seconds = 600;
/** Megabytes and requests in ten minutes: of one person, and of the agents behind one address. */
const ofPerson = 600;
const ofTeam = 2_000;
/** The same of the customers behind one address, for each chat that may be begun from there. */
const ofEachChat = 2;

/** The uploader and their network. */
type UploadSource = { network: string; person: string; team: boolean };

/**
 * Counts an upload before its body is read: one for the request, one for each megabyte that it may have. What did not
 * come of these is given back by the function that this resolves to. Throws `too_many_requests`.
 */
export type CountUpload = (from: UploadSource, bytes: number) => Promise<(received: number) => Promise<void>>;

export function createUploadLimits(
  counterOf: (keyPrefix: string, points: number, seconds: number) => RateLimiterAbstract,
  chatsPerAddress: number,
): CountUpload {
  const persons = counterOf("upload-person", ofPerson, seconds);
  const teams = counterOf("upload-team", ofTeam, seconds);
  const customers = counterOf("upload", Math.max(ofPerson, chatsPerAddress * ofEachChat), seconds);

  return async ({ network, person, team }, bytes) => {
    const counted = Math.ceil(bytes / megabyte);
    const counters: [RateLimiterAbstract, string][] = [
      [persons, person],
      [team ? teams : customers, network],
    ];
    const giveBack = async (count: number) => {
      if (count > 0) await Promise.all(counters.map(([counter, key]) => counter.reward(key, count)));
    };
    const results = await Promise.allSettled(
      counters.map(([counter, key]) => counter.consume(key, 1 + counted)),
    );
    const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    if (failures.length > 0) {
      // The request stays counted: asking again and again is not free.
      await giveBack(counted);
      throw refusalOf(failures);
    }
    return (received) => giveBack(counted - Math.ceil(received / megabyte));
  };
}

function refusalOf(failures: unknown[]): unknown {
  const waits = failures.map((failure) => (failure instanceof RateLimiterRes ? failure.msBeforeNext : null));
  const fault = waits.indexOf(null);
  if (fault >= 0) return failures[fault];
  return new Refusal("too_many_requests", { retryAfter: Math.ceil(Math.max(...waits.map(Number)) / 1000) });
}
