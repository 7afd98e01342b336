import { describeFault } from "../refusal/fault.ts";

type Log = { warn(sentence: string): void };

/** Tracks whether an outside service such as the database works, and logs each outage. */
export type Outage = {
  /** It does not serve. The first time since it did, a line in the log says so and why. */
  began(cause: unknown): void;
  /** It serves. The first time since it did not, a line in the log says so and after how long. */
  ended(): void;
  isUnderWay(): boolean;
  /** When it last served, by `performance.now()`. */
  servedAt(): number;
};

/** Notes one outage as two lines, however many requests notice it. `gone` and `back` are what these lines say. */
export function createOutage(log: Log, sentences: { gone: string; back: string }): Outage {
  let since: number | null = null;
  let servedAt = Number.NEGATIVE_INFINITY;
  return {
    began(cause) {
      servedAt = Number.NEGATIVE_INFINITY;
      if (since !== null) return;
      since = performance.now();
      log.warn(`${sentences.gone}: ${reasonOf(cause)}`);
    },
    ended() {
      servedAt = performance.now();
      if (since === null) return;
      log.warn(`${sentences.back}, after ${((servedAt - since) / 1000).toFixed(1)} s`);
      since = null;
    },
    isUnderWay: () => since !== null,
    servedAt: () => servedAt,
  };
}

/** Names the first cause: the system's own words, or the class and code of a database error, which may quote rows. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && error.cause instanceof Error) return reasonOf(error.cause);
  const { name, message, condition, code } = describeFault(error);
  const reason = message?.split("\n", 1)[0] || condition || code || name;
  return code === undefined || reason.includes(code) ? reason : `${reason} (${code})`;
}
