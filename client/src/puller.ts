import type { Failure } from "@grata/contract/errors";
import type { Line } from "./dial.ts";
import { RequestFailed, retryDelay } from "./failures.ts";
import { after } from "./timers.ts";

/** Time that an early item waits for the one before it, unless a list sets its own. */
const GAP_PATIENCE = 50;

export type Puller = {
  /** Asks at once; asks again after the question under way, if there is one. */
  now(): void;
  /** Asks a moment later, if we are still behind then. */
  soon(): void;
  stop(): void;
};

/**
 * Asks the server until we are not behind any more: one question at a time, again with growing pauses after an error,
 * and not at all while the line is not open (whoever sees it open again calls `now`).
 */
export function createPuller(options: {
  line: Line;
  /** Milliseconds that what came early waits for what belongs before it: with a spread of as much again. */
  patience?: number;
  /** One question. Tells whether its answer brought anything new. */
  ask: () => Promise<boolean>;
  behind: () => boolean;
  /** The server said no, and asking again would not change that. */
  refused: (failure: Failure) => void;
}): Puller {
  const { line, patience, ask, behind, refused } = options;
  let asking = false;
  let wanted = false;
  let stopped = false;
  let failures = 0;
  let cancelTimer: (() => void) | undefined;

  function schedule(milliseconds: number, action: () => void): void {
    cancelTimer?.();
    cancelTimer = after(milliseconds, () => {
      cancelTimer = undefined;
      action();
    });
  }

  function now(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    wanted = true;
    if (!asking) {
      void run();
    }
  }

  function pause(error: unknown): void {
    const milliseconds = retryDelay(error, failures);
    failures += 1;
    if (milliseconds !== undefined) {
      schedule(milliseconds, now);
    } else if (error instanceof RequestFailed) {
      refused(error.failure);
    }
  }

  async function run(): Promise<void> {
    asking = true;
    while (wanted && !stopped && line.state === "open") {
      wanted = false;
      try {
        const moved = await ask();
        if (moved || !behind()) {
          failures = 0;
          wanted ||= behind();
        } else if (!stopped) {
          pause(undefined);
        }
      } catch (error) {
        if (!stopped) {
          pause(error);
        }
        break;
      }
    }
    asking = false;
  }

  return {
    now,
    soon() {
      if (!asking && cancelTimer === undefined && !stopped) {
        schedule(patience === undefined ? GAP_PATIENCE : patience * (1 + Math.random()), () => {
          if (behind()) {
            now();
          }
        });
      }
    },
    stop() {
      stopped = true;
      cancelTimer?.();
    },
  };
}
