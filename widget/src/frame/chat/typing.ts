import type { Line } from "@grata/client/dial";
import { after } from "@grata/client/timers";
import type { News } from "@grata/contract/realtime";

/** The server hears of a writer no more often than this. */
const REPEAT = 2_500;
/** Who has pressed no key for so long has stopped. */
const IDLE = 4_000;
/** News of a writer may be lost: they lapse. */
const LAPSE = 5_000;

export type Typing = {
  /** A key was pressed; `writing`: there is something to be sent. */
  press(conversationId: string | undefined, writing: boolean): void;
  /** The message is on its way, and says by itself that nobody writes it any more. */
  sent(): void;
  take(news: Extract<News, { type: "typing" }>): void;
  /** A message arrived: whoever wrote it has stopped. */
  arrived(): void;
  /** The conversation in which somebody of the team writes. */
  heard(): string | undefined;
  dispose(): void;
};

/** Who writes at the moment, on both sides. Nothing here matters enough to be repeated when it fails. */
export function createTyping(line: Line, changed: () => void): Typing {
  let heard: string | undefined;
  let told: { conversationId: string; at: number } | undefined;
  let cancelLapse = () => {};
  let cancelIdle = () => {};

  function hear(conversationId: string | undefined): void {
    cancelLapse();
    if (conversationId !== undefined) {
      cancelLapse = after(LAPSE, () => hear(undefined));
    }
    if (heard !== conversationId) {
      heard = conversationId;
      changed();
    }
  }

  function tell(conversationId: string, typing: boolean): void {
    line.request("conversation.typing", { conversationId, typing }).catch(() => {});
  }

  function stop(): void {
    cancelIdle();
    if (told) {
      tell(told.conversationId, false);
      told = undefined;
    }
  }

  return {
    press(conversationId, writing) {
      cancelIdle();
      if (conversationId === undefined || !writing) {
        stop();
        return;
      }
      cancelIdle = after(IDLE, stop);
      if (told?.conversationId !== conversationId || Date.now() - told.at > REPEAT) {
        told = { conversationId, at: Date.now() };
        tell(conversationId, true);
      }
    },
    sent() {
      cancelIdle();
      told = undefined;
    },
    take({ by, conversationId, typing }) {
      if (by === "user") {
        hear(typing ? conversationId : undefined);
      }
    },
    arrived: () => hear(undefined),
    heard: () => heard,
    dispose() {
      cancelIdle();
      cancelLapse();
    },
  };
}
