import { createStore } from "@grata/client/store";
import { after } from "@grata/client/timers";

/** Long enough to read a sentence twice. */
const SHOWN_FOR = 12_000;
/** Long enough to notice a mistake. */
const UNDO_FOR = 10_000;
/** The least that is left after a look, so that no notice vanishes at the moment in which the mouse leaves it. */
const AFTER_LOOK = 3_000;
/** More of them would cover what they are about. Those with an undo do not count: each of them is an offer. */
const AT_ONCE = 3;

/** Takes back what a notice tells; resolves to the sentence that then stands there instead. */
export type Undo = () => Promise<string>;

/** A sentence about something that just happened. */
export interface Notice {
  id: number;
  sentence: string;
  undo?: Undo;
}

/** Counts the time that a notice is still shown; `stop` is missing while somebody is on the notices. */
interface Clock {
  left: number;
  since: number;
  stop: (() => void) | undefined;
}

const store = createStore<readonly Notice[]>([]);
const clocks = new Map<number, Clock>();
let lastId = 0;
let held = false;

/** The notices on screen, oldest first. */
export const notices = { snapshot: store.snapshot, subscribe: store.subscribe };

/**
 * Shows a sentence for a while, with an `undo` where it can be taken back. The same sentence without one is never shown
 * twice at once, and the oldest makes room.
 */
export function notify(sentence: string, undo?: Undo): void {
  lastId += 1;
  const notice: Notice = undo === undefined ? { id: lastId, sentence } : { id: lastId, sentence, undo };
  const others = store.snapshot().filter((other) => other.undo || undo || other.sentence !== sentence);
  show([...others, notice]);
  run(notice.id, undo === undefined ? SHOWN_FOR : UNDO_FOR);
}

/** Puts another sentence in the place of a notice, which can be taken back no more. */
export function settleNotice(id: number, sentence: string): void {
  show(store.snapshot().map((notice) => (notice.id === id ? { id, sentence } : notice)));
  run(id, SHOWN_FOR);
}

/** Gives a notice its whole time again: what it offers has failed and may be tried once more. */
export function renewNotice(id: number): void {
  run(id, UNDO_FOR);
}

/** Takes all notices off the screen: they may name customers, and somebody else may look at it next. */
export function clearNotices(): void {
  show([]);
}

/** Takes a notice off the screen. */
export function dismissNotice(id: number): void {
  show(store.snapshot().filter((notice) => notice.id !== id));
}

/** Lets no notice go while somebody points at one or has the keyboard there; `false` lets time run again. */
export function holdNotices(hold: boolean): void {
  if (hold === held) return;
  held = hold;
  for (const [id, { left, since, stop }] of clocks) {
    stop?.();
    run(id, hold ? left - (performance.now() - since) : Math.max(left, AFTER_LOOK));
  }
}

function show(next: readonly Notice[]): void {
  const plain = next.filter(({ undo }) => undo === undefined);
  const tooMany = new Set(plain.slice(0, Math.max(0, plain.length - AT_ONCE)));
  const shown = next.filter((notice) => !tooMany.has(notice));
  for (const [id, { stop }] of clocks) {
    if (!shown.some((notice) => notice.id === id)) {
      stop?.();
      clocks.delete(id);
    }
  }
  store.set(shown);
}

function run(id: number, left: number): void {
  if (!store.snapshot().some((notice) => notice.id === id)) return;
  clocks.get(id)?.stop?.();
  const stop = held ? undefined : after(left, () => dismissNotice(id));
  clocks.set(id, { left, since: performance.now(), stop });
}
