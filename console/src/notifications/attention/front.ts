import { createClientId } from "@grata/client/client-id";
import { holdLock, isAnyHeld } from "./tab-locks.ts";

export interface Front {
  /** Whether the agent looks at no console window of this browser: each is hidden, or another window has the focus. */
  isAway(): Promise<boolean>;
  dispose(): void;
}

/** Knows whether the agent has a console window in front of them, in this tab or another one. */
export function watchFront(userId: string): Front {
  const prefix = `grata.front.${userId}.`;
  const name = prefix + createClientId();
  let letGo: (() => void) | undefined;
  const isFront = () => document.visibilityState === "visible" && document.hasFocus();

  function look(): void {
    if (isFront()) {
      letGo ??= holdLock(name);
    } else {
      letGo?.();
      letGo = undefined;
    }
  }

  const listening = new AbortController();
  for (const type of ["focus", "blur", "pagehide", "pageshow"]) {
    window.addEventListener(type, look, { signal: listening.signal });
  }
  document.addEventListener("visibilitychange", look, { signal: listening.signal });
  look();
  return {
    isAway: async () => !isFront() && !(await isAnyHeld(prefix)),
    dispose() {
      listening.abort();
      letGo?.();
    },
  };
}
