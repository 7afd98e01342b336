/** One player for all voice messages of a page: at most one is heard at a time. */
import { createStore, type Observable } from "../../store.ts";
import type { Heard } from "./heard.ts";

export const speeds = [1, 1.5, 2] as const;
export type Speed = (typeof speeds)[number];

/** A voice message that can be played on to. */
export type Playable = {
  fileId: string;
  /** Where its sound is; `load` makes of it what an audio element takes. */
  address: string;
  milliseconds: number;
  own: boolean;
};

export type Playing = {
  speed: Speed;
  /** What is being played, or stands paused. */
  current:
    | { fileId: string; milliseconds: number; at: number; kind: "loading" | "playing" | "paused" | "failed" }
    | undefined;
};

export type VoicePlayer = Observable<Playing> & {
  /** Plays, goes on, or pauses. */
  toggle(message: Playable): void;
  /** Pauses, if something plays: somebody is about to speak. */
  pause(): void;
  /** Goes to a place in a message; it plays if it did. */
  seek(message: Playable, at: number): void;
  /** The next speed: 1, 1.5, 2, and 1 again. It holds for all messages. */
  changeSpeed(): void;
  /** Says what there is, in its order: a message that ends is followed by the next one that was not heard. */
  follow(order: () => readonly Playable[]): void;
  dispose(): void;
};

/** The part of an audio element that is used here. */
export type Sound = Pick<
  HTMLAudioElement,
  | "src"
  | "currentTime"
  | "playbackRate"
  | "preservesPitch"
  | "paused"
  | "play"
  | "pause"
  | "addEventListener"
  | "removeAttribute"
>;

/** How often a place is told while it plays: often enough for a bar that moves. */
const TELL_EVERY = 100;

/** A player. `load` may reject, and then the message is shown as one that cannot be played. */
export function createVoicePlayer(options: {
  load: (address: string) => Promise<string>;
  heard: Heard;
  sound: Sound;
}): VoicePlayer {
  const { load, heard, sound } = options;
  const store = createStore<Playing>({ speed: 1, current: undefined });
  let order: () => readonly Playable[] = () => [];
  let ticking: ReturnType<typeof setInterval> | undefined;
  /** Counts the beginnings, so that a sound that loads too late is known as such. */
  let beginning = 0;

  sound.addEventListener("ended", () => playOn());
  sound.addEventListener("error", () => fail());
  // A headset's button, or another program that takes the loudspeaker.
  sound.addEventListener("pause", () => settle("paused"));
  sound.addEventListener("play", () => settle("playing"));

  function change(part: Partial<NonNullable<Playing["current"]>>): void {
    const { current, speed } = store.snapshot();
    if (current) store.set({ speed, current: { ...current, ...part } });
  }

  function settle(kind: "playing" | "paused"): void {
    const { current } = store.snapshot();
    clearInterval(ticking);
    if (!current || current.kind === "loading" || current.kind === "failed") return;
    if (kind === "playing") ticking = setInterval(() => change({ at: place() }), TELL_EVERY);
    change({ kind, at: place() });
  }

  function place(): number {
    return Math.round(sound.currentTime * 1000);
  }

  function fail(): void {
    clearInterval(ticking);
    change({ kind: "failed" });
  }

  async function begin({ fileId, address, milliseconds }: Playable, at: number): Promise<void> {
    beginning += 1;
    const mine = beginning;
    clearInterval(ticking);
    sound.pause();
    store.set({ ...store.snapshot(), current: { fileId, milliseconds, at, kind: "loading" } });
    try {
      const source = await load(address);
      if (mine !== beginning) return;
      sound.src = source;
      sound.currentTime = at / 1000;
      await start();
      if (mine !== beginning) return;
      change({ kind: "playing" });
      settle("playing");
      heard.note(fileId);
    } catch {
      if (mine === beginning) fail();
    }
  }

  async function start(): Promise<void> {
    sound.preservesPitch = true;
    sound.playbackRate = store.snapshot().speed;
    await sound.play();
  }

  function playOn(): void {
    clearInterval(ticking);
    const { current, speed } = store.snapshot();
    if (!current) return;
    const messages = order();
    const from = messages.findIndex(({ fileId }) => fileId === current.fileId);
    const following = messages
      .slice(from + 1)
      .find(({ fileId, own }) => from >= 0 && !own && !heard.snapshot().has(fileId));
    if (following) void begin(following, 0);
    else store.set({ speed, current: undefined });
  }

  return {
    snapshot: store.snapshot,
    subscribe: store.subscribe,
    toggle(message) {
      const { current } = store.snapshot();
      if (current?.fileId !== message.fileId || current.kind === "failed") {
        void begin(message, 0);
      } else if (current.kind === "playing") {
        sound.pause();
      } else if (current.kind === "paused") {
        start().catch(fail);
      }
    },
    pause: () => sound.pause(),
    seek(message, at) {
      const place = Math.max(0, Math.min(at, message.milliseconds));
      const { current } = store.snapshot();
      if (current?.fileId !== message.fileId || current.kind === "failed") {
        void begin(message, place);
      } else if (current.kind !== "loading") {
        sound.currentTime = place / 1000;
        change({ at: place });
      }
    },
    changeSpeed() {
      const { speed, current } = store.snapshot();
      const faster = speeds[speeds.indexOf(speed) + 1] ?? speeds[0];
      sound.playbackRate = faster;
      store.set({ speed: faster, current });
    },
    follow(next) {
      order = next;
    },
    dispose() {
      beginning += 1;
      clearInterval(ticking);
      sound.pause();
      sound.removeAttribute("src");
      store.set({ speed: store.snapshot().speed, current: undefined });
    },
  };
}
