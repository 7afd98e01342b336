import type { ForgivingStorage } from "../storage/browser-storage.ts";

const tokenKey = "grata:set-up-token";

/** The parts of the browser that the token passes through. */
export interface AddressBar {
  fragment: string;
  /** Shows the same page without the fragment, and leaves no step in the history behind. */
  clearFragment(): void;
}

/**
 * The one-time token of a set-up link. It leaves the address bar, where it could be photographed or synchronised as
 * history, and stays in the tab so that a reload keeps working. Null when there never was one.
 */
export function takeSetUpToken(address: AddressBar, tab: ForgivingStorage): string | null {
  const token = address.fragment.replace(/^#/, "");
  if (token === "") {
    return tab.read(tokenKey);
  }
  tab.write(tokenKey, token);
  address.clearFragment();
  return token;
}

/** Forgets the token: it has done its work. */
export function dropSetUpToken(tab: ForgivingStorage): void {
  tab.remove(tokenKey);
}
