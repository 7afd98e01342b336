import { createStore, type Observable } from "@grata/client/store";
import { after } from "@grata/client/timers";

/** A customer who is not heard of again has stopped writing: the news of it may be lost. */
const LAPSE = 5_000;

/** In which chats the customer is writing just now. */
export type TypingHeard = Observable<ReadonlySet<string>> & {
  /** Takes note that the customer of this chat is writing, or has stopped. */
  hear(conversationId: string, typing: boolean): void;
  dispose(): void;
};

/** Remembers who is writing, until they stop, send, or are not heard of any more. */
export function createTypingHeard(): TypingHeard {
  const store = createStore<ReadonlySet<string>>(new Set());
  const lapses = new Map<string, () => void>();

  function forget(conversationId: string): void {
    lapses.get(conversationId)?.();
    lapses.delete(conversationId);
  }

  function show(): void {
    store.set(new Set(lapses.keys()));
  }

  return {
    snapshot: store.snapshot,
    subscribe: store.subscribe,
    hear(conversationId, typing) {
      const known = lapses.has(conversationId);
      forget(conversationId);
      if (typing) {
        const cancel = after(LAPSE, () => {
          lapses.delete(conversationId);
          show();
        });
        lapses.set(conversationId, cancel);
      }
      if (known !== typing) {
        show();
      }
    },
    dispose() {
      for (const conversationId of [...lapses.keys()]) {
        forget(conversationId);
      }
    },
  };
}
