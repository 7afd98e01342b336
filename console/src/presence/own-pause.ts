import { createStore, type Observable } from "@grata/client/store";
import type { LiveSession } from "../live/live-session.ts";

export interface OwnPause extends Observable<boolean> {
  /** Begins or ends the pause, on every device. Rejects with `RequestFailed` or `ConnectionLost`. */
  change(paused: boolean): Promise<void>;
  /** How many of the user's chats went back to the wait list while they were gone, until they have read it. */
  putBack: Observable<number>;
  /** The user has read it, in every tab. */
  noted(): void;
}

const known = new WeakMap<LiveSession, OwnPause>();

/** Whether the signed-in user pauses: asked for whenever the line opens, told by every tab and device. */
export function ownPauseOf(live: LiveSession): OwnPause {
  const own = known.get(live) ?? createOwnPause(live);
  known.set(live, own);
  return own;
}

function createOwnPause({ userId, line, report, presence }: LiveSession): OwnPause {
  const store = createStore(false);
  const putBack = createStore(0);
  const isOpen = () => report.snapshot().state === "open";

  function take(paused: boolean): void {
    if (paused !== store.snapshot()) store.set(paused);
  }

  /** Answers that overtook a change of ours say nothing any more. */
  let changes = 0;

  function ask(): void {
    const before = changes;
    line.request("presence.mine", {}).then(
      (mine) => {
        putBack.set(mine.putBack ?? 0);
        if (before === changes) take(mine.paused);
      },
      // The line opens again, or the session is over.
      () => undefined,
    );
  }

  let open = isOpen();
  report.subscribe(() => {
    const opened = !open && isOpen();
    open = isOpen();
    if (opened) ask();
  });
  presence.subscribe(() => {
    const told = presence.snapshot().find((change) => change.userId === userId);
    // It may be older than what was done here since: so it is asked again, not believed.
    if (told && told.presence !== "offline" && (told.presence === "paused") !== store.snapshot()) ask();
  });
  if (open) ask();

  return {
    snapshot: store.snapshot,
    subscribe: store.subscribe,
    putBack,
    noted() {
      putBack.set(0);
      // Without a connection it is said again once there is one.
      line.request("presence.noted", {}).catch(() => undefined);
    },
    async change(wanted) {
      changes += 1;
      const { paused } = await line.request("presence.pause", { paused: wanted });
      changes += 1;
      take(paused);
    },
  };
}
