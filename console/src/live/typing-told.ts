import type { Line } from "@grata/client/connection";
import { after } from "@grata/client/timers";

/** Said again so often while somebody writes: whoever hears it forgets it after five seconds. */
const REPEAT = 3_000;

/** Tells the customer that the agent is writing. */
export interface TypingTold {
  /** The agent has just changed what they write here; `typing` is false when nothing of it is left. */
  tell(conversationId: string, typing: boolean): void;
  /** The message is on its way, and says by itself that nobody writes it any more. */
  sent(conversationId: string): void;
  dispose(): void;
}

/** Says it when it begins, every few seconds while it lasts, and once when it ends. That it gets lost harms nobody. */
export function createTypingTold(line: Line): TypingTold {
  const writing = new Map<string, { again: boolean; cancel: () => void }>();

  function say(conversationId: string, typing: boolean): void {
    if (line.state === "open") {
      line.request("conversation.typing", { conversationId, typing }).catch(() => undefined);
    }
  }

  function begin(conversationId: string): void {
    say(conversationId, true);
    const cancel = after(REPEAT, () => {
      const state = writing.get(conversationId);
      writing.delete(conversationId);
      if (state?.again) {
        begin(conversationId);
      } else {
        say(conversationId, false);
      }
    });
    writing.set(conversationId, { again: false, cancel });
  }

  function forget(conversationId: string): void {
    writing.get(conversationId)?.cancel();
    writing.delete(conversationId);
  }

  return {
    tell(conversationId, typing) {
      const state = writing.get(conversationId);
      if (typing && state === undefined) {
        begin(conversationId);
      } else if (typing && state !== undefined) {
        state.again = true;
      } else if (state !== undefined) {
        forget(conversationId);
        say(conversationId, false);
      }
    },
    sent: forget,
    dispose() {
      for (const { cancel } of writing.values()) {
        cancel();
      }
      writing.clear();
    },
  };
}
