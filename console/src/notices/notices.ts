import { createStore } from "@grata/client/store";
import { after } from "@grata/client/timers";

/** Long enough to read a sentence twice. */
const SHOWN_FOR = 12_000;
/** More of them would cover what they are about. */
const AT_ONCE = 3;

/** A sentence about something that just happened. */
interface Notice {
  id: number;
  sentence: string;
}

const store = createStore<readonly Notice[]>([]);
let lastId = 0;

/** The notices on screen, oldest first. */
export const notices = { snapshot: store.snapshot, subscribe: store.subscribe };

/** Shows a sentence for a while; the same sentence is never shown twice at once, and the oldest makes room. */
export function notify(sentence: string): void {
  lastId += 1;
  const id = lastId;
  const others = store.snapshot().filter((notice) => notice.sentence !== sentence);
  store.set([...others, { id, sentence }].slice(-AT_ONCE));
  after(SHOWN_FOR, () => dismissNotice(id));
}

/** Takes all notices off the screen: they may name customers, and somebody else may look at it next. */
export function clearNotices(): void {
  store.set([]);
}

/** Takes a notice off the screen. */
export function dismissNotice(id: number): void {
  store.set(store.snapshot().filter((notice) => notice.id !== id));
}
