import { v4 as randomId } from "uuid";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { beginNext, type Lane, leaseLane, postpone, settle } from "./lane.ts";
import type { DeliveryOutcome, OutgoingOf, Parcel } from "./parcel.ts";

/** Longer than any single call to the outside may take. */
const leaseSeconds = 60;
const callTimeoutMilliseconds = 30_000;
/** The net under the wake-up: also how soon the lanes of a killed worker are found once their lease ran out. */
const pollMilliseconds = 1_000;
const longestPauseSeconds = 600;
const lanesAtOnce = 8;

export type DeliveryWorker = {
  /** There may be something to deliver: called after each commit that handed something over. */
  wake(): void;
  /** Finishes the delivery under way, then stops. */
  close(): Promise<void>;
};

/**
 * Delivers what waits, lane by lane: in order within a lane, lanes independent of each other. It may be killed at any
 * line: what had begun and has no outcome becomes `unconfirmed` and is not sent again by itself (decision 6).
 */
export function startDeliveryWorker(dependencies: {
  storage: Storage;
  channelOf: OutgoingOf;
  logFault(error: unknown): void;
  leaseSeconds?: number;
}): DeliveryWorker {
  const { storage, channelOf, logFault } = dependencies;
  const lease = dependencies.leaseSeconds ?? leaseSeconds;
  const workerId = randomId();
  const active = new Set<Promise<void>>();
  let closing = false;
  const timer = setInterval(wake, pollMilliseconds);

  function wake(): void {
    if (closing || active.size >= lanesAtOnce) return;
    const work = serveLanes().finally(() => active.delete(work));
    active.add(work);
  }

  async function serveLanes(): Promise<void> {
    try {
      for (let lane = await next(); lane; lane = await next()) {
        // Where one lane was due there may be more: one slow customer must not hold up the others.
        wake();
        await serve(lane);
      }
    } catch (error) {
      // The lease runs out by itself; while the database is away there is nothing to say.
      if (!(error instanceof Refusal)) logFault(error);
    }
  }

  async function next(): Promise<Lane | null> {
    return closing ? null : leaseLane(storage, workerId, lease);
  }

  async function serve(lane: Lane): Promise<void> {
    while (!closing) {
      const begun = await beginNext(storage, lane, lease);
      switch (begun.kind) {
        case "empty":
        case "lost":
          return;
        case "interrupted":
          await settle(storage, lane, begun.deliveryId, begun.parcel, {
            kind: "unconfirmed",
            reason: "interrupted",
          });
          break;
        case "parcel": {
          const outcome = await deliver(lane, begun.parcel);
          if (outcome.kind === "postponed") {
            return postpone(storage, lane, begun.deliveryId, outcome.reason, pauseAfter(begun.attempts));
          }
          await settle(storage, lane, begun.deliveryId, begun.parcel, outcome);
        }
      }
    }
  }

  async function deliver(lane: Lane, parcel: Parcel): Promise<DeliveryOutcome> {
    const channel = channelOf(lane.kind);
    if (channel.reach === "fetched") return { kind: "refused", reason: "This channel fetches by itself." };
    let timeout: NodeJS.Timeout | undefined;
    const late = new Promise<DeliveryOutcome>((resolve) => {
      timeout = setTimeout(
        () => resolve({ kind: "unconfirmed", reason: "No answer in time." }),
        callTimeoutMilliseconds,
      );
    });
    try {
      return await Promise.race([channel.deliver(parcel), late]);
    } catch (error) {
      // A channel that throws has not said whether its call went out.
      logFault(error);
      return { kind: "unconfirmed", reason: "The channel failed." };
    } finally {
      clearTimeout(timeout);
    }
  }

  return {
    wake,
    async close() {
      closing = true;
      clearInterval(timer);
      await Promise.all(active);
    },
  };
}

/** 1, 2, 4... seconds, at most ten minutes. */
function pauseAfter(attempts: number): number {
  return Math.min(2 ** (attempts - 1), longestPauseSeconds);
}
