import { createStore, type Observable } from "@grata/client/store";

/** `blocked`: the browser allows no sound before the first click or key in this tab. */
type SoundState = "blocked" | "ready" | "unavailable";
export type Chime = "waiting" | "message";

export interface Chimes {
  state: Observable<SoundState>;
  /** Sounds at a volume of 0 to 1, or does nothing while sound is blocked. */
  play(chime: Chime, volume: number): void;
}

/** Each tone by its pitch in hertz and when it begins, in seconds. Two rising tones call; a single low one tells. */
const tones: Record<Chime, readonly [pitch: number, begins: number][]> = {
  waiting: [
    [659.25, 0],
    [987.77, 0.16],
  ],
  message: [[523.25, 0]],
};

/** How long a tone takes to fade, in seconds. */
const FADE = 0.55;
/** Sounds closer together than this, in seconds, are one: ten customers at once are no alarm. */
const PAUSE = 1;

/** Makes the console's sounds, once the browser lets it. */
function createChimes(): Chimes {
  const state = createStore<SoundState>(typeof AudioContext === "undefined" ? "unavailable" : "blocked");
  let context: AudioContext | undefined;
  let last = Number.NEGATIVE_INFINITY;

  /** What a browser does not take for a click leaves the sound blocked, and the next one is tried. */
  function unblock(): void {
    if (state.snapshot() === "unavailable" || state.snapshot() === "ready") return;
    if (context === undefined) {
      context = new AudioContext();
      context.addEventListener("statechange", look);
    }
    context.resume().then(look, () => undefined);
  }

  function look(): void {
    state.set(context?.state === "running" ? "ready" : "blocked");
  }

  for (const type of ["pointerdown", "keydown"]) {
    window.addEventListener(type, unblock, { capture: true, passive: true });
  }
  if (navigator.userActivation?.hasBeenActive) unblock();

  return {
    state,
    play(chime, volume) {
      if (context?.state !== "running" || volume <= 0 || context.currentTime - last < PAUSE) return;
      last = context.currentTime;
      for (const [pitch, begins] of tones[chime]) sound(context, pitch, context.currentTime + begins, volume);
    },
  };
}

function sound(context: AudioContext, pitch: number, at: number, volume: number): void {
  const oscillator = new OscillatorNode(context, { type: "sine", frequency: pitch });
  const loudness = new GainNode(context, { gain: 0 });
  // The ear hears loudness by its square, and a tone that begins at once clicks.
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(volume ** 2 * 0.6, at + 0.015);
  loudness.gain.exponentialRampToValueAtTime(0.0001, at + FADE);
  oscillator.connect(loudness).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + FADE);
}

/** The one voice of this page: it keeps what the browser has allowed, whoever uses it. */
export const chimes = createChimes();
