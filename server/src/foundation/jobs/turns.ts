import type { Refusal } from "../refusal/refusal.ts";

/** Runs a task when it is its turn; resolves or rejects as the task does. */
export type TakeTurn = <Result>(task: () => Promise<Result>) => Promise<Result>;

/**
 * For work that takes a processor or much memory: lets so many tasks run at once, and the others wait in the order in
 * which they came. One too many is refused, and not begun.
 */
export function createTurns(options: {
  atOnce: number;
  waitingAtMost: number;
  refusal(): Refusal;
}): TakeTurn {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running < options.atOnce) running++;
    else if (waiting.length >= options.waitingAtMost) throw options.refusal();
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      // The place passes to the next without becoming free in between.
      if (next) next();
      else running--;
    }
  };
}
