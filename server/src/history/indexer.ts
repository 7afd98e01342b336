import { setTimeout as pause } from "node:timers/promises";
import { Refusal } from "../refusal.ts";
import type { Storage } from "../storage/storage.ts";
import { indexEntries } from "./index-entries.ts";

/** How soon a message is found. One query a node, which reads nothing while nothing waits. */
const pauseMilliseconds = 500;
const organisationsAtOnce = 100;

type Manner = {
  isClosing(): boolean;
  /** Between two batches; the first took so many milliseconds. */
  rest(took: number): Promise<void>;
};
const hurried: Manner = { isClosing: () => false, rest: async () => undefined };

/** Makes everything findable that waits, a batch of each organisation after the other. */
export async function indexAll(storage: Storage, { isClosing, rest }: Manner = hurried): Promise<void> {
  for (let taken = 1; taken > 0 && !isClosing(); ) {
    taken = 0;
    const waiting = await storage.system<{ organisation_id: string }>("system_unindexed", [
      organisationsAtOnce,
    ]);
    for (const { organisation_id } of waiting) {
      if (isClosing()) return;
      const begin = performance.now();
      taken += await indexEntries(storage, organisation_id);
      await rest(performance.now() - begin);
    }
  }
}

/** While a node is used by more than this part of its time, what is said now goes before what was said. */
const busy = 0.25;
const lookMilliseconds = 20;
const restFactor = 3;

/**
 * Keeps the index of what was said: what was stored is found within a second, on a busy node when it is less so. Several
 * nodes may; each organisation is done by one at a time.
 */
export function startIndexer(dependencies: { storage: Storage; logFault(error: unknown): void }): {
  close(): Promise<void>;
} {
  const { storage, logFault } = dependencies;
  const closing = new AbortController();
  const { signal } = closing;
  let running: Promise<void> | null = null;
  const timer = setInterval(run, pauseMilliseconds);
  run();

  function run(): void {
    running ??= indexAll(storage, { isClosing: () => signal.aborted, rest })
      .catch((error) => {
        // While the database is away there is nothing to say.
        if (!(error instanceof Refusal) && !signal.aborted) logFault(error);
      })
      .finally(() => {
        running = null;
      });
  }

  async function rest(took: number): Promise<void> {
    const before = performance.eventLoopUtilization();
    await pause(lookMilliseconds, undefined, { signal });
    if (performance.eventLoopUtilization(before).utilization < busy) return;
    await pause(took * restFactor, undefined, { signal });
  }

  return {
    async close() {
      closing.abort();
      clearInterval(timer);
      await running;
    },
  };
}
