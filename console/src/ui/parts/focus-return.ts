import { useEffect } from "react";

/** Where the keyboard was on the page itself: menus and dialogs come and go. */
let place: HTMLElement | null = null;

/** Watches where the keyboard is, from the start: a dialog that is loaded when it opens comes too late to see it. */
export function watchFocus(): void {
  document.addEventListener("focusin", ({ target }) => {
    if (target instanceof HTMLElement && !target.closest("[role=menu], [role=dialog]")) place = target;
  });
}

/** Says that where the keyboard was is about to go: it is led to the page instead. */
export function leavePlace(): void {
  place = null;
}

/** Leads the keyboard back when a dialog is gone: to where it was, or to the page if that is gone too. */
export function useFocusReturn(): void {
  useEffect(() => returnFocus, []);
}

/** The same at once, where the keyboard is nowhere. */
export function returnFocus(): void {
  if (document.activeElement !== null && document.activeElement !== document.body) return;
  const back = place?.isConnected ? place : document.getElementById("content");
  back?.focus({ preventScroll: true });
}
