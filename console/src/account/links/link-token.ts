import type { ForgivingStorage } from "../../ui/store/browser-storage.ts";

/** What a one-time link is for; each kind has a page of its own. */
export type LinkPurpose = "set-up" | "invitation" | "recovery";

/** The parts of the browser that the token passes through. */
export interface AddressBar {
  fragment: string;
  /** Shows the same page without the fragment, and leaves no step in the history behind. */
  clearFragment(): void;
}

/**
 * The token of a one-time link. It leaves the address bar, where it could be photographed or synchronised as history,
 * and stays in the tab so that a reload keeps working. Null when there never was one.
 */
export function takeLinkToken(
  purpose: LinkPurpose,
  address: AddressBar,
  tab: ForgivingStorage,
): string | null {
  const token = address.fragment.replace(/^#/, "");
  if (token === "") {
    return tab.read(keyOf(purpose));
  }
  tab.write(keyOf(purpose), token);
  address.clearFragment();
  return token;
}

/** Forgets the token: it has done its work. */
export function dropLinkToken(purpose: LinkPurpose, tab: ForgivingStorage): void {
  tab.remove(keyOf(purpose));
}

function keyOf(purpose: LinkPurpose): string {
  return `grata:${purpose}-token`;
}
