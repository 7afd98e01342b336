import { isSettling } from "../../ui/keys/settling.ts";

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How the shortcut is written on this computer's keyboard. */
export const talkKeys = isMac ? "⌥R" : "Alt+R";

/**
 * By the place of the key and not by its letter: with Option a Mac makes another one of it. Neither behind a dialog nor
 * in a chat that has just taken another's place.
 */
export const talkShortcut = {
  code: "KeyR",
  usable: () => document.querySelector('[aria-modal="true"]') === null && !isSettling(),
};
