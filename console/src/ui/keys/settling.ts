import { after } from "@grata/client/timers";
import { isTakenByInputMethod } from "./sends.ts";

/** Gives a hand that is still on its way to the former chat time to arrive. */
const SETTLING = 1000;
/** Marks the part of the page that shows a chat, with all that can be done to it. */
const PLACE = "[data-settles]";
/** Matches what does something when it is pressed; a field that is written in does not. */
const CONTROL = "button, a, label, select, summary, input, [role=button], [role=option]";

let shown: string | null = null;
/** True while another chat was announced and is not on screen yet. */
let announced = false;
let cancel: (() => void) | undefined;

/** Tells whether another chat came on screen by itself just now, so that nothing may act on it yet. */
export function isSettling(): boolean {
  return cancel !== undefined;
}

/**
 * Says that a chat takes the place of the one on screen though nobody picks it at this moment: the one before was closed,
 * handed back, taken away, or an answer of the server arrives. For a second whatever is pressed there does nothing: it
 * was meant for the one before.
 */
export function replaceShown(conversationId: string): void {
  if (shown !== null && shown !== conversationId) {
    announced = true;
    settle();
  }
}

/** Says that the chat on screen became something else in its place. */
export function settle(): void {
  cancel?.();
  document.documentElement.dataset.settling = "";
  cancel = after(SETTLING, end);
}

function end(): void {
  cancel?.();
  cancel = undefined;
  delete document.documentElement.dataset.settling;
}

/** Says which chat is on screen now. An announced one settles from now on; one that was picked is ready at once. */
export function noteShown(conversationId: string | null): void {
  shown = conversationId;
  if (announced) settle();
  else end();
  announced = false;
}

/**
 * Keeps from a chat that settles whatever is pressed: with the mouse, a finger, the keyboard, or by a shortcut, which
 * clicks the control that it stands for. Before anything else hears of it, so that no control has to know. Returns a
 * disposer.
 */
export function watchSettling(): () => void {
  const watching = new AbortController();
  for (const type of ["click", "auxclick", "pointerdown", "submit", "keydown"] as const) {
    window.addEventListener(type, keepAway, { capture: true, signal: watching.signal });
  }
  return () => watching.abort();
}

function keepAway(event: Event): void {
  const { target } = event;
  if (!isSettling() || !(target instanceof Element) || target.closest(PLACE) === null) return;
  if (!acts(event, target.closest(CONTROL) !== null)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Tells whether an event would do something: letters are written, and wait in the field like any draft; Enter sends them. */
function acts(event: Event, onControl: boolean): boolean {
  if (!(event instanceof KeyboardEvent)) return onControl || event.type === "submit";
  if (isTakenByInputMethod(event)) return false;
  return event.key === "Enter" || (event.key === " " && onControl);
}
