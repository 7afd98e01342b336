/** What the address of the sign-in page may say. */
export interface SignInSearch {
  /** Why the last session is over. */
  ended?: "expired" | "signed_out";
  /** Where to go after signing in: a page of the console, and nowhere else. */
  to?: string;
}

/** Reads the address of the sign-in page; what does not belong there is left out. */
export function readSignInSearch(search: Record<string, unknown>): SignInSearch {
  const { ended, to } = search;
  return {
    ...((ended === "expired" || ended === "signed_out") && { ended }),
    ...(typeof to === "string" && /^\/console(\/|$)/.test(to) && { to }),
  };
}
