import { v4 as randomId } from "uuid";
import { forgottenAfterSeconds } from "../../domains/accounts/connected-sessions.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Secrets } from "../../foundation/secrets/seal.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import {
  beginPush,
  dropSubscription,
  type Leased,
  leasePush,
  postponePush,
  settlePush,
  worthSeconds,
} from "./outgoing.ts";
import { handWithinSeconds, type PushDoor } from "./push-service.ts";

const leaseSeconds = handWithinSeconds * 3;
const pollMilliseconds = 1_000;
const atOnce = 6;
const firstPauseSeconds = 2;
const longestPauseSeconds = 120;
/** Where nobody answers nobody is asked for so long: one dead service must not hold up the others. */
const restSeconds = 5;
/**
 * What becomes visible now may be this old: a commit takes its time, and whoever has just left counts as there until
 * they are forgotten.
 */
const overlapSeconds = forgottenAfterSeconds + 10;
const forgetEverySeconds = 60;

export type PushWorker = {
  /** Finishes what is under way, then stops. */
  close(): Promise<void>;
};

/**
 * Once a second: reads out of the chats what somebody without a console must hear of, and sends it. It may be killed at
 * any line: what was handed over and not noted is handed over again after its lease, with the same topic and tag.
 */
export function startPushWorker(dependencies: {
  storage: Storage;
  secrets: Secrets;
  door: PushDoor;
  logFault(error: unknown): void;
  leaseSeconds?: number;
}): PushWorker {
  const { storage, secrets, door, logFault } = dependencies;
  const lease = dependencies.leaseSeconds ?? leaseSeconds;
  const workerId = randomId();
  const resting = new Map<string, number>();
  const active = new Set<Promise<void>>();
  let gathering = false;
  let gatheredAt: number | null = null;
  let forgottenAt = 0;
  let closing = false;
  beat();
  const timer = setInterval(beat, pollMilliseconds);

  function beat(): void {
    if (!gathering) start(gather());
    wake();
  }

  function start(work: Promise<void>): void {
    const watched = work.catch(report).finally(() => active.delete(watched));
    active.add(watched);
  }

  /** While the database is away there is nothing to say; a lease runs out by itself. */
  function report(error: unknown): void {
    if (!(error instanceof Refusal)) logFault(error);
  }

  async function gather(): Promise<void> {
    gathering = true;
    try {
      await look();
    } finally {
      gathering = false;
    }
    wake();
  }

  async function look(): Promise<void> {
    const now = performance.now();
    // At its start, and after the database was away: as far back as it is of use to anybody.
    const since = gatheredAt === null ? worthSeconds : (now - gatheredAt) / 1_000 + overlapSeconds;
    await storage.system("system_gather_pushes", [Math.min(since, worthSeconds), forgottenAfterSeconds]);
    gatheredAt = now;
    if (now - forgottenAt < forgetEverySeconds * 1_000) return;
    forgottenAt = now;
    await storage.system("system_forget_pushes", [worthSeconds * 2]);
  }

  function wake(): void {
    if (!closing && active.size <= atOnce) start(sendAll());
  }

  async function sendAll(): Promise<void> {
    for (let leased = await next(); leased; leased = await next()) {
      // Where one was due there may be more: one slow service must not hold up the others.
      wake();
      await send(leased);
    }
  }

  async function next(): Promise<Leased | null> {
    return closing ? null : leasePush(storage, workerId, lease);
  }

  async function send(leased: Leased): Promise<void> {
    const begun = await beginPush(storage, secrets, leased);
    if (!begun) return;
    const { endpoint } = begun.subscription;
    const { origin } = new URL(endpoint);
    if ((resting.get(origin) ?? 0) > performance.now()) return postponePush(storage, leased, restSeconds);
    const handed = await door.hand(begun);
    switch (handed.kind) {
      case "sent":
        return settlePush(storage, leased);
      case "gone":
        return dropSubscription(storage, leased, endpoint);
      case "refused":
        // The endpoint itself is the browser's secret.
        logFault(new Error(`${handed.reason} (${origin})`));
        return settlePush(storage, leased);
      case "postponed":
        if (handed.unreachable) resting.set(origin, performance.now() + restSeconds * 1_000);
        return postponePush(storage, leased, handed.retryAfterSeconds ?? pauseAfter(begun.attempts));
    }
  }

  return {
    async close() {
      closing = true;
      clearInterval(timer);
      await Promise.all(active);
    },
  };
}

/** 2, 4, 8... seconds, at most two minutes. What is too old by then is not sent any more. */
function pauseAfter(attempts: number): number {
  return Math.min(firstPauseSeconds * 2 ** (attempts - 1), longestPauseSeconds);
}
