import { Refusal } from "../refusal/refusal.ts";

/** Work that is done every so often. */
export type Job = {
  /** There is something to do: it is done at once, or once more when it is under way. */
  wake(): void;
  /** Begins nothing more, tells by the signal what is under way, and waits until that has ended. */
  close(): Promise<void>;
};

type Options = {
  logFault(error: unknown): void;
  /** The first time comes after a pause, too. */
  firstAfterPause?: true;
};

/**
 * Does a piece of work at once, then again after each pause, and whenever it is woken; never twice at the same time. A
 * time that comes while it is under way is left out. What fails is done again at the next time.
 */
export function every(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<unknown>,
  { logFault, firstAfterPause }: Options,
): Job {
  const closing = new AbortController();
  const { signal } = closing;
  const note = unlessRefusal(logFault);
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;
  let again = false;

  function wake(): void {
    again = true;
    if (!isRunning) running = run();
  }

  async function run(): Promise<void> {
    isRunning = true;
    while (again && !signal.aborted) {
      again = false;
      try {
        await work(signal);
      } catch (error) {
        note(error);
      }
    }
    isRunning = false;
  }

  const timer = setInterval(() => {
    if (!isRunning) wake();
  }, milliseconds);
  if (!firstAfterPause) wake();
  return {
    wake,
    async close() {
      closing.abort();
      clearInterval(timer);
      await running;
    },
  };
}

/** Notes faults, and leaves out refusals: while the database is away there is nothing to say. */
export function unlessRefusal(logFault: (error: unknown) => void): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof Refusal)) logFault(error);
  };
}
