import { createStore } from "@grata/client/store";
import { after } from "@grata/client/timers";

/** Long enough to read a sentence twice. */
const SHOWN_FOR = 12_000;

/** A sentence about something that just happened. */
interface Notice {
  id: number;
  sentence: string;
}

const store = createStore<readonly Notice[]>([]);
let lastId = 0;

/** The notices on screen, oldest first. */
export const notices = { snapshot: store.snapshot, subscribe: store.subscribe };

/** Shows a sentence for a while; the same sentence is never shown twice at once. */
export function notify(sentence: string): void {
  lastId += 1;
  const id = lastId;
  store.set([...store.snapshot().filter((notice) => notice.sentence !== sentence), { id, sentence }]);
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
