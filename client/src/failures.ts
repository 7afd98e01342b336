import { errors } from "@grata/contract/error-codes";
import type { Failure } from "@grata/contract/errors";
import { backoff, notBefore } from "./timers.ts";

/** The server answered a request with a failure: its code, its sentence, its fields. */
export class RequestFailed extends Error {
  override readonly name = "RequestFailed";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/**
 * No usable answer came, so nobody knows whether the request was carried out. Whatever is sent again must carry the
 * same client id.
 */
export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
  readonly reason: "not_open" | "disconnected" | "timeout" | "answer_invalid";

  constructor(reason: ConnectionLost["reason"]) {
    super(`no answer: ${reason}`);
    this.reason = reason;
  }
}

/**
 * Something between us and the server answered in its place: a proxy with a limit of its own, a firewall, the login page
 * of a network. The request never arrived, or its answer did not.
 */
export class ForeignAnswer extends Error {
  override readonly name = "ForeignAnswer";
  readonly status: number;

  constructor(status: number) {
    super(`an answer that is not the server's: ${status}`);
    this.status = status;
  }
}

/** Tells whether the same request may succeed later. Of a failure that we do not know: whether the server says when. */
function isPassing({ code, retryAfter }: Failure): boolean {
  return code === "other" ? retryAfter !== undefined : errors[code].retry;
}

/**
 * How many milliseconds to wait before the same request is sent again after its `attempt`-th failure in a row
 * (counted from 0); undefined when sending it again cannot help.
 */
export function retryDelay(error: unknown, attempt: number): number | undefined {
  const pause = backoff(attempt, { first: 500, longest: 30_000 });
  if (!(error instanceof RequestFailed)) {
    return pause;
  }
  if (!isPassing(error.failure)) {
    return undefined;
  }
  return notBefore(pause, error.failure.retryAfter);
}
