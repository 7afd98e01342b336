/** Lets so many tasks run at once, and the others wait in the order in which they came. */
export type Turns = {
  /** Resolves or rejects as the task does. Undefined: too many wait already, and the task was not begun. */
  run<Result>(task: () => Promise<Result>): Promise<Result> | undefined;
};

export function createTurns(atOnce: number, waitingAtMost: number): Turns {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function take<Result>(task: () => Promise<Result>): Promise<Result> {
    if (running < atOnce) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      // The place passes to the next without becoming free in between.
      if (next) next();
      else running -= 1;
    }
  }

  return {
    run: (task) => (running >= atOnce && waiting.length >= waitingAtMost ? undefined : take(task)),
  };
}
