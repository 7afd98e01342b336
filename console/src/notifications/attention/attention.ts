import type { NotificationPreference } from "@grata/contract/http";
import type { LiveSession } from "../../live/live-session.ts";
import type { Chime, Chimes } from "./chimes.ts";
import { watchFront } from "./front.ts";
import { type Happening, watchHappenings } from "./happenings.ts";
import { createPopUps, type PopUp } from "./pop-ups.ts";
import { holdLock } from "./tab-locks.ts";
import { volume } from "./volume.ts";

interface AttentionOptions {
  live: LiveSession;
  chimes: Chimes;
  /** The user's preference now. */
  preference: () => NotificationPreference;
  /** Whether the user pauses now: who waits is not for them then. */
  paused: () => boolean;
  /** What a pop-up says of a happening, in the user's language. */
  describe: (happening: Happening) => PopUp;
}

/** What the pop-up about somebody on a list too long to see its end is about. */
export const WAIT_LIST = "wait-list";
/** The pop-up about what a colleague told the agent: it stays until it is read. */
export const TOLD = "told";

/**
 * Calls the agent when a customer waits or writes: by a sound, and by a pop-up while they are away from every console
 * window. However many tabs there are, one of them sounds and one pops up. Ends when the returned function is called.
 */
export function callAttention({ live, chimes, preference, paused, describe }: AttentionOptions): () => void {
  const front = watchFront(live.userId);
  const popUps = createPopUps();
  let sounds = false;
  let popsUp = false;
  let letGoOfSound: (() => void) | undefined;

  /** Only a tab that can be heard stands for the sound. */
  function standForSound(): void {
    if (chimes.state.snapshot() === "ready") {
      letGoOfSound ??= holdLock(`grata.sound.${live.userId}`, () => {
        sounds = true;
      });
    }
  }

  async function call(happening: Happening): Promise<void> {
    if (happening.kind === "waiting" && paused()) return;
    const away = await front.isAway();
    if (sounds && isLoud(happening, preference(), away)) chimes.play(chimeOf(happening), volume.snapshot());
    if (popsUp && away) popUps.show(describe(happening));
  }

  function tidy(): void {
    const waiting = live.waiting.snapshot();
    const unread = live.current.snapshot().items.filter((chat) => chat.unread > 0);
    popUps.keepOnly(
      new Set(
        [...waiting.items, ...unread].map(({ id }) => id).concat(waiting.total > 0 ? WAIT_LIST : [], TOLD),
      ),
    );
  }

  const letGoOfPopUps = holdLock(`grata.pop-ups.${live.userId}`, () => {
    popsUp = true;
  });
  const ends = [
    chimes.state.subscribe(standForSound),
    watchHappenings(live, (happening) => void call(happening)),
    live.waiting.subscribe(tidy),
    live.current.subscribe(tidy),
    letGoOfPopUps,
    () => letGoOfSound?.(),
    popUps.dispose,
    front.dispose,
  ];
  standForSound();
  return () => {
    for (const end of ends) end();
  };
}

/** Always sounds for a waiting customer and for news of a colleague; for a message in one's own chats as the user prefers (seed: My Settings). */
function isLoud({ kind }: Happening, preference: NotificationPreference, away: boolean): boolean {
  return kind !== "message" || preference === "all" || away;
}

function chimeOf({ kind }: Happening): Chime {
  return kind === "told" ? "waiting" : kind;
}
