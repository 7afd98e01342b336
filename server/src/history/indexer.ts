import { Refusal } from "../refusal.ts";
import type { Storage } from "../storage/storage.ts";
import { indexEntries } from "./index-entries.ts";

/** How soon a message is found. One query a node, which reads nothing while nothing waits. */
const pauseMilliseconds = 500;
const organisationsAtOnce = 100;

/** Makes everything findable that waits, a batch of each organisation after the other. */
export async function indexAll(storage: Storage, isClosing: () => boolean = () => false): Promise<void> {
  for (let taken = 1; taken > 0 && !isClosing(); ) {
    taken = 0;
    const waiting = await storage.system<{ organisation_id: string }>("system_unindexed", [
      organisationsAtOnce,
    ]);
    for (const { organisation_id } of waiting) {
      if (!isClosing()) taken += await indexEntries(storage, organisation_id);
    }
  }
}

/**
 * Keeps the index of what was said: what was stored is found within a second. Several nodes may; each organisation is
 * done by one at a time.
 */
export function startIndexer(dependencies: { storage: Storage; logFault(error: unknown): void }): {
  close(): Promise<void>;
} {
  const { storage, logFault } = dependencies;
  let running: Promise<void> | null = null;
  let closing = false;
  function run(): void {
    running ??= indexAll(storage, () => closing)
      .catch((error) => {
        // While the database is away there is nothing to say.
        if (!(error instanceof Refusal)) logFault(error);
      })
      .finally(() => {
        running = null;
      });
  }
  const timer = setInterval(run, pauseMilliseconds);
  run();
  return {
    async close() {
      closing = true;
      clearInterval(timer);
      await running;
    },
  };
}
