/** What browsers tell of a button or a key that is held, turned into what push-to-talk understands. */
import type { PushToTalk } from "./push-to-talk.ts";

/** So far outside of the button, in CSS pixels, a pointer has been slid away. */
const AWAY = 64;

/** Makes a button one to hold. Returns a disposer. */
export function holdButton(button: HTMLElement, talk: PushToTalk): () => void {
  const listening = new AbortController();
  const listen = <Type extends keyof HTMLElementEventMap>(
    type: Type,
    listener: (event: HTMLElementEventMap[Type]) => void,
  ) => button.addEventListener(type, listener, { signal: listening.signal });

  listen("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    button.setPointerCapture(event.pointerId);
    talk.press();
  });
  listen("pointermove", ({ clientX, clientY, pointerId }) => {
    if (!button.hasPointerCapture(pointerId)) return;
    const { left, right, top, bottom } = button.getBoundingClientRect();
    talk.slide(
      clientX < left - AWAY || clientX > right + AWAY || clientY < top - AWAY || clientY > bottom + AWAY,
    );
  });
  listen("pointerup", ({ isPrimary }) => isPrimary && talk.release());
  listen("pointercancel", ({ isPrimary }) => isPrimary && talk.loseHold());
  // A finger that rests would open a menu.
  listen("contextmenu", (event) => event.preventDefault());

  listen("keydown", (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    if (!event.repeat) talk.press();
  });
  listen("keyup", (event) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    talk.release();
  });
  // What a screen reader or voice control makes of a button cannot be held.
  listen("click", ({ detail }) => detail === 0 && talk.beginFree());
  listen("blur", () => talk.loseHold());
  return () => listening.abort();
}

/**
 * Escape cancels, and what takes the page away from under the finger is told. With a `shortcut`, Alt and that key are
 * held as the button is. Returns a disposer.
 */
export function watchKeys(talk: PushToTalk, shortcut?: { code: string; usable: () => boolean }): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  let held = false;

  window.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape" && talk.snapshot().kind !== "idle") {
        // Nothing else is closed by it.
        event.preventDefault();
        event.stopPropagation();
        held = false;
        talk.cancel();
      }
      if (shortcut && event.code === shortcut.code && event.altKey && !event.ctrlKey && !event.metaKey) {
        if (event.repeat || held) {
          event.preventDefault();
        } else if (shortcut.usable()) {
          event.preventDefault();
          held = true;
          talk.press();
        }
      }
    },
    { capture: true, signal },
  );
  window.addEventListener(
    "keyup",
    (event) => {
      if (held && (event.code === shortcut?.code || event.key === "Alt")) {
        // Alone, Alt would open the browser's menu.
        event.preventDefault();
        held = false;
        talk.release();
      }
    },
    { capture: true, signal },
  );
  const lose = () => {
    held = false;
    talk.loseHold();
  };
  window.addEventListener("blur", lose, { signal });
  document.addEventListener("visibilitychange", () => document.hidden && lose(), { signal });
  return () => listening.abort();
}
