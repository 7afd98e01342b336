import { every, type Job } from "../../foundation/jobs/every.ts";
import { startLeasedWorker } from "../../foundation/jobs/leased.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { beginPush, type Leased, leasePush, noteFailed, noteReceived, postponePush } from "./lane.ts";
import type { PushOutcome, Receivers, StoredPush } from "./push.ts";

/** Longer than receiving one may take, with a file that is fetched for it. */
const leaseSeconds = 120;
const timeLimitMilliseconds = 60_000;
/** A fault may be gone at the next try; so often it is in the push, and the others of its lane have waited long enough. */
const mostFaults = 6;
const forgetMilliseconds = 600_000;

/**
 * Receives what was pushed, lane by lane: in order within a lane, lanes independent of each other. It may be killed at
 * any line: what had begun is received again, under the same client id. What fails for good lets the next one pass, and
 * stays in the table for the operator.
 */
export function startInboxWorker(dependencies: {
  storage: Storage;
  receivers: Receivers;
  logFault(error: unknown): void;
  leaseSeconds?: number;
}): Job {
  const { storage, receivers, logFault } = dependencies;

  async function receive(push: StoredPush, { kind }: Leased): Promise<PushOutcome> {
    const receiver = receivers.get(kind);
    if (!receiver) throw new Error(`A push of the kind ${kind} was leased.`);
    let timeout: NodeJS.Timeout | undefined;
    const late = new Promise<PushOutcome>((resolve) => {
      timeout = setTimeout(
        () => resolve({ kind: "postponed", reason: "It took too long." }),
        timeLimitMilliseconds,
      );
    });
    try {
      return await Promise.race([receiver(push), late]);
    } catch (error) {
      return outcomeOf(error, push.attempts);
    } finally {
      clearTimeout(timeout);
    }
  }

  function outcomeOf(error: unknown, attempts: number): PushOutcome {
    if (error instanceof Refusal) {
      const { code: reason, retryAfter } = error;
      return retryAfter === undefined ? { kind: "refused", reason } : { kind: "postponed", reason };
    }
    logFault(error);
    return { kind: attempts < mostFaults ? "postponed" : "refused", reason: "The channel failed." };
  }

  async function settle(leased: Leased, outcome: Exclude<PushOutcome, { kind: "postponed" }>): Promise<void> {
    if (outcome.kind === "received") return noteReceived(storage, leased);
    await noteFailed(storage, leased, outcome.reason);
    logFault(new Error(`The push ${leased.id} (${leased.kind}) stays in the inbox: ${outcome.reason}`));
  }

  const job = startLeasedWorker(
    {
      lease: (workerId, seconds) => leasePush(storage, [...receivers.keys()], workerId, seconds),
      begin: (leased, seconds) => beginPush(storage, leased, seconds),
      work: receive,
      settle: (leased, _push, outcome: Exclude<PushOutcome, { kind: "postponed" }>) =>
        settle(leased, outcome),
      postpone: (leased, _push, reason, seconds) => postponePush(storage, leased, reason, seconds),
    },
    {
      leaseSeconds: dependencies.leaseSeconds ?? leaseSeconds,
      lanesAtOnce: 8,
      rowIsLane: true,
      firstPauseSeconds: 1,
      longestPauseSeconds: 600,
      logFault,
    },
  );
  const forgetting = every(forgetMilliseconds, () => storage.system("system_forget_inbox", []), { logFault });
  return {
    wake: job.wake,
    async close() {
      await Promise.all([job.close(), forgetting.close()]);
    },
  };
}
