import { endReasons } from "@grata/contract/protocol";
import type { EndReason } from "@grata/contract/realtime";

/** What the address of the sign-in page may say. */
export interface SignInSearch {
  /** Why the last session is over. */
  ended?: EndReason;
  /** Where to go after signing in: a page of the console, and nowhere else. */
  to?: string;
}

/** Reads the address of the sign-in page; what does not belong there is left out. */
export function readSignInSearch(search: Record<string, unknown>): SignInSearch {
  const { to } = search;
  const ended = endReasons.find((reason) => reason === search.ended);
  return {
    ...(ended && { ended }),
    ...(typeof to === "string" && /^\/console(\/|$)/.test(to) && { to }),
  };
}
