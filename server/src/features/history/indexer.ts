import { setTimeout as pause } from "node:timers/promises";
import { every, type Job, unlessRefusal } from "../../foundation/jobs/every.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { indexEntries } from "./index-entries.ts";

/** How soon a message is found. One query a node, which reads nothing while nothing waits. */
const pauseMilliseconds = 500;
const organisationsAtOnce = 100;

type Manner = {
  isClosing(): boolean;
  /** Between two batches; the first took so many milliseconds. */
  rest(took: number): Promise<void>;
  /** Tells whether an organisation rests after its batch failed. */
  isResting(organisationId: string): boolean;
  /** The batch of an organisation failed, or, without an error, did not. */
  ended(organisationId: string, error?: unknown): void;
  notePassedOver(error: Error): void;
};
const hurried: Manner = {
  isClosing: () => false,
  rest: async () => undefined,
  isResting: () => false,
  ended(_organisationId, error) {
    if (error !== undefined) throw error;
  },
  notePassedOver(error) {
    throw error;
  },
};

/** Makes everything findable that waits, a batch of each organisation after the other. */
export async function indexAll(storage: Storage, changes: Partial<Manner> = {}): Promise<void> {
  const manner = { ...hurried, ...changes };
  for (let taken = 1; taken > 0 && !manner.isClosing(); ) {
    taken = 0;
    const waiting = await storage.system<{ organisation_id: string }>("system_unindexed", [
      organisationsAtOnce,
    ]);
    for (const { organisation_id } of waiting) {
      if (manner.isClosing()) return;
      if (manner.isResting(organisation_id)) continue;
      const begin = performance.now();
      try {
        taken += await indexEntries(storage, organisation_id, manner.notePassedOver);
        manner.ended(organisation_id);
      } catch (error) {
        manner.ended(organisation_id, error);
        taken++;
        // The next look tells whether the database is away, or only this one takes too long.
        if (error instanceof Refusal) break;
      }
      await manner.rest(performance.now() - begin);
    }
  }
}

/** While a node is used by more than this part of its time, what is said now goes before what was said. */
const busy = 0.25;
const lookMilliseconds = 20;
const restFactor = 3;
/** How long an organisation is let be whose batch failed: twice as long each time, because it will fail again. */
const firstRest = 1_000;
const longestRest = 300_000;

/**
 * Keeps the index of what was said: what was stored is found within a second, on a busy node when it is less so. Several
 * nodes may; each organisation is done by one at a time.
 */
export function startIndexer(dependencies: { storage: Storage; logFault(error: unknown): void }): Job {
  const { storage, logFault } = dependencies;
  const note = unlessRefusal(logFault);
  const resting = new Map<string, { until: number; milliseconds: number }>();

  function index(signal: AbortSignal): Promise<void> {
    return indexAll(storage, {
      isClosing: () => signal.aborted,
      rest: (took) => rest(took, signal),
      isResting: (organisationId) => (resting.get(organisationId)?.until ?? 0) > performance.now(),
      ended,
      notePassedOver: logFault,
    });
  }

  /** One whose batch fails keeps no other back. */
  function ended(organisationId: string, error?: unknown): void {
    if (error === undefined) {
      resting.delete(organisationId);
      return;
    }
    const milliseconds = Math.min(
      (resting.get(organisationId)?.milliseconds ?? firstRest / 2) * 2,
      longestRest,
    );
    resting.set(organisationId, { until: performance.now() + milliseconds, milliseconds });
    note(error);
  }

  return every(pauseMilliseconds, index, { logFault });
}

/** Lets go of the processor on a busy node; no longer than until the signal. */
async function rest(took: number, signal: AbortSignal): Promise<void> {
  const before = performance.eventLoopUtilization();
  const nap = (milliseconds: number) => pause(milliseconds, undefined, { signal }).catch(() => undefined);
  await nap(lookMilliseconds);
  if (performance.eventLoopUtilization(before).utilization >= busy) await nap(took * restFactor);
}
