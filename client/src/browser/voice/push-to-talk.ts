import { createStore, type Observable } from "../../store.ts";
import { after } from "../../timers.ts";
import type { Hindrance, Recording, Take } from "./microphone.ts";
import { type Happening, next, type Talk } from "./talk.ts";

/** The longest voice message, in milliseconds. */
export const VOICE_LIMIT = 60_000;

export type PushToTalk = Observable<Talk> & {
  press(): void;
  /** Records without anything being held. */
  beginFree(): void;
  slide(away: boolean): void;
  release(): void;
  loseHold(): void;
  send(): void;
  cancel(): void;
  /** How loud it is now, from 0 to 1. */
  level(): number;
  /** How long it records already, in milliseconds. */
  elapsed(): number;
  dispose(): void;
};

/** Push-to-talk over a microphone. Each finished recording is handed to `onRecording`, once. */
export function createPushToTalk(options: {
  beginTake: () => Promise<Take | Hindrance>;
  /** Rejects when it cannot be sent. */
  onRecording: (recording: Recording) => Promise<void>;
  now?: () => number;
}): PushToTalk {
  const { beginTake, onRecording, now = () => performance.now() } = options;
  const store = createStore<Talk>({ kind: "idle" });
  let take: Take | undefined;
  /** Counts the openings, so that a microphone that comes too late is known as such. */
  let opening = 0;
  let stopLimit = () => {};

  function happen(happening: Happening): void {
    const { talk, order } = next(store.snapshot(), happening);
    if (order === "send") finish();
    if (order === "discard") drop();
    if (talk !== store.snapshot()) store.set(talk);
    if (order === "open") void open();
  }

  async function open(): Promise<void> {
    opening += 1;
    const mine = opening;
    const opened = await beginTake();
    if (mine !== opening) {
      // Given up meanwhile, and perhaps begun anew.
      if (typeof opened !== "string") opened.discard();
      return;
    }
    if (typeof opened === "string") {
      happen({ kind: "hindered", why: opened });
      return;
    }
    take = opened;
    stopLimit = after(VOICE_LIMIT, () => happen({ kind: "reached_limit" }));
    void opened.lost.then(() => {
      if (take === opened) happen({ kind: "lost_hold" });
    });
    happen({ kind: "opened", at: now() });
  }

  function finish(): void {
    const finished = take;
    take = undefined;
    stopLimit();
    finished
      ?.finish()
      .then(onRecording)
      .catch(() => happen({ kind: "hindered", why: "failed" }));
  }

  function drop(): void {
    opening += 1;
    stopLimit();
    take?.discard();
    take = undefined;
  }

  return {
    snapshot: store.snapshot,
    subscribe: store.subscribe,
    press: () => happen({ kind: "pressed" }),
    beginFree: () => happen({ kind: "begun_free" }),
    slide: (away) => happen({ kind: "slid", away }),
    release: () => happen({ kind: "released", at: now() }),
    loseHold: () => happen({ kind: "lost_hold" }),
    send: () => happen({ kind: "sent" }),
    cancel: () => happen({ kind: "cancelled" }),
    level: () => take?.level() ?? 0,
    elapsed() {
      const talk = store.snapshot();
      return talk.kind === "recording" ? now() - talk.since : 0;
    },
    dispose: () => happen({ kind: "cancelled" }),
  };
}
