import { createStore } from "@grata/client/store";
import { popUpPermission } from "./pop-up-permission.ts";

/** A pop-up of the browser, and what a click on it does. */
export interface PopUp {
  /** One pop-up for each: a newer one takes the older one's place. */
  about: string;
  title: string;
  body: string;
  onClick: () => void;
}

export interface PopUps {
  show(popUp: PopUp): void;
  /** Takes away all that are about something else than these. */
  keepOnly(about: ReadonlySet<string>): void;
  dispose(): void;
}

/** The pop-up that the browser has shown last, as it says itself. */
export const popUpShown = createStore<{ about: string } | null>(null);

/** Shows the browser's pop-ups to whoever allowed them. */
export function createPopUps(): PopUps {
  const shown = new Map<string, Notification>();
  function close(about: string): void {
    shown.get(about)?.close();
    shown.delete(about);
  }
  return {
    show({ about, title, body, onClick }) {
      if (popUpPermission() !== "granted") return;
      close(about);
      try {
        const notification = new Notification(title, { body, tag: about, silent: true });
        notification.onshow = () => popUpShown.set({ about });
        notification.onclick = () => {
          popUpShown.set({ about });
          window.focus();
          notification.close();
          onClick();
        };
        shown.set(about, notification);
      } catch {
        // Browsers of phones have the class and refuse to make one.
      }
    },
    keepOnly(about) {
      for (const one of shown.keys()) if (!about.has(one)) close(one);
    },
    dispose() {
      for (const about of shown.keys()) close(about);
    },
  };
}
