import { forgottenAfterSeconds } from "../../domains/accounts/connected-sessions.ts";
import { rolesWith } from "../../foundation/access/roles.ts";
import { every, type Job } from "../../foundation/jobs/every.ts";
import { type Postponed, startLeasedWorker } from "../../foundation/jobs/leased.ts";
import type { Secrets } from "../../foundation/secrets/seal.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import {
  type Begun,
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
const gatherMilliseconds = 1_000;
/** Where nobody answers nobody is asked for so long: one dead service must not hold up the others. */
const restSeconds = 5;
/**
 * What becomes visible now may be this old: a commit takes its time, and whoever has just left counts as there until
 * they are forgotten.
 */
const overlapSeconds = forgottenAfterSeconds + 10;
const forgetEverySeconds = 60;

type Dependencies = {
  storage: Storage;
  secrets: Secrets;
  door: PushDoor;
  logFault(error: unknown): void;
  leaseSeconds?: number;
};

/**
 * Once a second: reads out of the chats what somebody without a console must hear of, and sends it. It may be killed at
 * any line: what was handed over and not noted is handed over again after its lease, with the same topic and tag.
 */
export function startPushWorker(dependencies: Dependencies): Pick<Job, "close"> {
  const sender = startSender(dependencies);
  const gatherer = startGatherer(dependencies, sender.wake);
  return {
    async close() {
      await Promise.all([gatherer.close(), sender.close()]);
    },
  };
}

function startGatherer({ storage, logFault }: Dependencies, wakeSender: () => void): Job {
  let gatheredAt: number | null = null;
  let forgottenAt = 0;

  async function gather(): Promise<void> {
    const now = performance.now();
    // At its start, and after the database was away: as far back as it is of use to anybody.
    const since = gatheredAt === null ? worthSeconds : (now - gatheredAt) / 1_000 + overlapSeconds;
    await storage.system("system_gather_pushes_of_queues", [
      Math.min(since, worthSeconds),
      forgottenAfterSeconds,
      rolesWith("conversations.readAll"),
    ]);
    gatheredAt = now;
    wakeSender();
    if (now - forgottenAt < forgetEverySeconds * 1_000) return;
    forgottenAt = now;
    await storage.system("system_forget_pushes", [worthSeconds * 2]);
  }

  return every(gatherMilliseconds, gather, { logFault });
}

function startSender({ storage, secrets, door, logFault, ...dependencies }: Dependencies): Job {
  const resting = new Map<string, number>();
  type Settled = { kind: "settled" } | { kind: "gone" };

  async function hand(push: Begun): Promise<Settled | Postponed> {
    const { origin } = new URL(push.subscription.endpoint);
    if ((resting.get(origin) ?? 0) > performance.now())
      return { kind: "postponed", reason: "The service rests.", afterSeconds: restSeconds };
    const handed = await door.hand(push);
    switch (handed.kind) {
      case "sent":
        return { kind: "settled" };
      case "gone":
        return { kind: "gone" };
      case "refused":
        // The endpoint itself is the browser's secret.
        logFault(new Error(`${handed.reason} (${origin})`));
        return { kind: "settled" };
      case "postponed": {
        const { unreachable, retryAfterSeconds: afterSeconds } = handed;
        if (unreachable) resting.set(origin, performance.now() + restSeconds * 1_000);
        const reason = unreachable ? "Nobody answers." : "The service asks to wait.";
        return { kind: "postponed", reason, ...(afterSeconds !== null && { afterSeconds }) };
      }
    }
  }

  return startLeasedWorker(
    {
      lease: (workerId, seconds) => leasePush(storage, workerId, seconds),
      begin: (leased) => beginPush(storage, secrets, leased),
      work: hand,
      settle: (leased: Leased, push, { kind }: Settled) =>
        kind === "gone"
          ? dropSubscription(storage, leased, push.subscription.endpoint)
          : settlePush(storage, leased),
      postpone: (leased, _push, _reason, seconds) => postponePush(storage, leased, seconds),
    },
    {
      leaseSeconds: dependencies.leaseSeconds ?? leaseSeconds,
      lanesAtOnce: 6,
      rowIsLane: true,
      // A push that is too old by then is not sent any more.
      firstPauseSeconds: 2,
      longestPauseSeconds: 120,
      logFault,
    },
  );
}
