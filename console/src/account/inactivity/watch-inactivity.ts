import { createStore, type Observable } from "@grata/client/store";
import { after } from "@grata/client/timers";

const MINUTE = 60_000;
/** Where there is no such sign-out, one may be set at any moment: the shortest takes five minutes. */
const SELDOM = 4 * MINUTE;

/** What keeps a session alive while somebody works, and tells when it is about to end because nobody does. */
export interface InactivityWatch {
  /** When the session ends unless the user says that they are there; null while that is more than a minute away. */
  warning: Observable<number | null>;
  /** The user has done something. */
  noteActivity(): void;
  /** The user has answered the warning. */
  stay(): void;
  /** Another tab of this browser, which shares the session, was told when it ends now. */
  noteEnd(endsAt: number | null): void;
  dispose(): void;
}

interface InactivityOptions {
  /** Tells the server that the user is there; resolves with when the session ends otherwise, null for never. */
  tell: () => Promise<number | null>;
  /** Lets the other tabs know what the server said. */
  share: (endsAt: number | null) => void;
  /** Milliseconds since 1970 by the server's clock. */
  now: () => number;
}

/**
 * Tells the server of activity at most once a minute, and at the end of a minute in which there was some: so the
 * server's measure is never more than a second behind. While the warning shows only an answer to it counts, because a
 * nudged mouse is nobody.
 */
export function watchInactivity({ tell, share, now }: InactivityOptions): InactivityWatch {
  const warning = createStore<number | null>(null);
  let endsAt: number | null = null;
  let active = false;
  let pause = MINUTE;
  let disposed = false;
  let stopPause: (() => void) | null = null;
  let stopWarning = () => {};

  async function tellNow(): Promise<void> {
    active = false;
    stopPause?.();
    stopPause = after(pause, endPause);
    try {
      const answer = await tell();
      if (disposed) return;
      share(answer);
      noteEnd(answer);
    } catch {
      // Nothing was lost: the next activity tells it again, and an ended session is told by the live connection.
    }
  }

  function endPause(): void {
    stopPause = null;
    if (active && warning.snapshot() === null) void tellNow();
  }

  function noteEnd(end: number | null): void {
    endsAt = end;
    pause = end === null ? SELDOM : MINUTE;
    warning.set(null);
    stopWarning();
    stopWarning = end === null ? () => {} : after(Math.max(0, end - MINUTE - now()), warn);
  }

  function warn(): void {
    // A tab that slept wakes to old timers.
    if (active && endsAt !== null && now() < endsAt) void tellNow();
    else warning.set(endsAt);
  }

  return {
    warning,
    noteActivity() {
      if (warning.snapshot() !== null) return;
      active = true;
      if (stopPause === null) void tellNow();
    },
    stay: () => void tellNow(),
    noteEnd,
    dispose() {
      disposed = true;
      stopPause?.();
      stopWarning();
    },
  };
}
