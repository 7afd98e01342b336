import type { DeliveryReason } from "@grata/contract/entries";
import type { Job } from "../../foundation/jobs/every.ts";
import { startLeasedWorker } from "../../foundation/jobs/leased.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import type { Publish } from "../conversations/changes.ts";
import { type Begun, beginNext, type Lane, leaseLane, postpone, settle } from "./lane.ts";
import type { Deliverers, DeliveryOutcome, Settled } from "./parcel.ts";

const unconfirmed = (reason: DeliveryReason): DeliveryOutcome => ({ kind: "unconfirmed", reason });

/** Longer than any single call to the outside may take. */
const leaseSeconds = 60;
const callTimeoutMilliseconds = 30_000;

/**
 * Delivers what waits, lane by lane: in order within a lane, lanes independent of each other. It may be killed at any
 * line: what had begun and has no outcome becomes `unconfirmed` and is not sent again by itself (decision 6).
 */
export function startDeliveryWorker(dependencies: {
  storage: Storage;
  deliverers: Deliverers;
  /** Tells what became of each. */
  publish: Publish;
  logFault(error: unknown): void;
  leaseSeconds?: number;
}): Job {
  const { storage, deliverers, publish, logFault } = dependencies;

  async function deliver({ parcel, interrupted }: Begun, lane: Lane): Promise<DeliveryOutcome> {
    if (interrupted) return unconfirmed("interrupted");
    const hand = deliverers.get(lane.kind);
    if (!hand) throw new Error(`A lane of the kind ${lane.kind} was leased.`);
    let timeout: NodeJS.Timeout | undefined;
    const late = new Promise<DeliveryOutcome>((resolve) => {
      timeout = setTimeout(() => resolve(unconfirmed("no_answer")), callTimeoutMilliseconds);
    });
    try {
      return await Promise.race([hand(parcel), late]);
    } catch (error) {
      // A channel that throws has not said whether its call went out.
      logFault(error);
      return unconfirmed("channel_failed");
    } finally {
      clearTimeout(timeout);
    }
  }

  return startLeasedWorker(
    {
      lease: (workerId, seconds) => leaseLane(storage, [...deliverers.keys()], workerId, seconds),
      begin: (lane, seconds) => beginNext(storage, lane, seconds),
      work: deliver,
      settle: async (lane, begun, outcome: Settled) => publish(await settle(storage, lane, begun, outcome)),
      postpone: (lane, begun, reason, seconds) => postpone(storage, lane, begun, reason, seconds),
    },
    {
      leaseSeconds: dependencies.leaseSeconds ?? leaseSeconds,
      lanesAtOnce: 8,
      firstPauseSeconds: 1,
      longestPauseSeconds: 600,
      logFault,
    },
  );
}
