const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How the shortcut is written on this computer's keyboard. */
export const talkKeys = isMac ? "⌥R" : "Alt+R";

/** By the place of the key and not by its letter: with Option a Mac makes another one of it. Not behind a dialog. */
export const talkShortcut = {
  code: "KeyR",
  usable: () => document.querySelector('[aria-modal="true"]') === null,
};
