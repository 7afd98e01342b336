/** Decides whether and when an upload that failed is tried again, and what its sender is told when it is not. */
import type { Failure } from "@grata/contract/errors";
import { ForeignAnswer, RequestFailed, retryDelay } from "./failures.ts";
import { backoff } from "./timers.ts";

/** The sentence, in the reader's language, for what the server itself could not say. */
export type UploadWords = (why: "tooLarge" | "refused" | "brokenOff", status: number) => string;

export type UploadRetries = {
  /** After an upload failed: the pause before the next try in milliseconds, or why there is none. */
  judge(clientId: string, error: unknown): { pause: number } | { failure: Failure };
  /** The line was lost and is open again: whatever broke off had that reason. */
  resume(): void;
  forget(clientId: string): void;
};

/** How often in a row an upload may end in one way, and the pauses between. A file is too much to be sent for ever. */
const answeredWrongly = { tries: 3, first: 4_000, longest: 8_000 };
/** All of it takes about as long as a dead line needs to be noticed; after that nothing is counted. */
const brokenOff = { tries: 4, first: 10_000, longest: 40_000 };

type Counts = { refused: number; answeredWrongly: number; brokenOff: number };

export function createUploadRetries(words: UploadWords): UploadRetries {
  const counts = new Map<string, Counts>();

  function countsOf(clientId: string): Counts {
    const known = counts.get(clientId) ?? { refused: 0, answeredWrongly: 0, brokenOff: 0 };
    counts.set(clientId, known);
    return known;
  }

  function judge(clientId: string, error: unknown): { pause: number } | { failure: Failure } {
    const known = countsOf(clientId);
    if (error instanceof RequestFailed) {
      const { failure } = error;
      const pause = retryDelay(error, known.refused);
      known.refused += 1;
      if (pause === undefined) {
        return { failure };
      }
      // A fault of the server's may lie in this very file; everything else that it asks to be patient about passes.
      return failure.code === "internal" ? limited(known, "answeredWrongly", failure) : { pause };
    }
    if (error instanceof ForeignAnswer) {
      const failure = failureOf(error);
      return isDefinite(error) ? { failure } : limited(known, "answeredWrongly", failure);
    }
    return limited(known, "brokenOff", { code: "unavailable", message: words("brokenOff", 0) });
  }

  function limited(known: Counts, kind: "answeredWrongly" | "brokenOff", failure: Failure) {
    const limit = { answeredWrongly, brokenOff }[kind];
    const pause = backoff(known[kind], limit);
    known[kind] += 1;
    return known[kind] < limit.tries ? { pause } : { failure };
  }

  /** The list of errors is the server's: its nearest codes, with our own sentences. */
  function failureOf({ status }: ForeignAnswer): Failure {
    return status === 413
      ? { code: "request_too_large", message: words("tooLarge", status) }
      : { code: "unavailable", message: words("refused", status) };
  }

  return {
    judge(clientId, error) {
      const verdict = judge(clientId, error);
      if ("failure" in verdict) {
        counts.delete(clientId);
      }
      return verdict;
    },
    resume() {
      for (const known of counts.values()) {
        known.refused = 0;
        known.brokenOff = 0;
      }
    },
    forget: (clientId) => void counts.delete(clientId),
  };
}

/** It refused this very request, so that the same one again would get the same answer. */
function isDefinite({ status }: ForeignAnswer): boolean {
  return status >= 400 && status < 500 && ![408, 425, 429].includes(status);
}
