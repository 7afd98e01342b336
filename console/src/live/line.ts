import type { Line } from "@grata/client/connection";
import { RequestFailed } from "@grata/client/failures";
import type { Failure } from "@grata/contract/errors";

/** Whether this failure means that the session is over. */
export function isSignInRequired(failure: Failure | undefined): boolean {
  return failure?.code === "sign_in_required";
}

/** The same line; whoever asks on it, the end of the session is noticed in one place. */
export function watchedLine(line: Line, onSignInRequired: () => void): Line {
  return {
    get state() {
      return line.state;
    },
    async request(type, input) {
      try {
        return await line.request(type, input);
      } catch (error) {
        if (error instanceof RequestFailed && isSignInRequired(error.failure)) {
          onSignInRequired();
        }
        throw error;
      }
    },
  };
}
