import type { Page } from "@playwright/test";

/** What becomes of the messages that a page sends with certain words in them. */
export interface MessageGate {
  /** What waits for its answer, and what comes later, is refused with this sentence, and never reaches the server. */
  refuse(sentence: string): void;
  /** From now on they pass. */
  open(): void;
}

/**
 * Stands between a page, with the frames in it, and the server: messages with these words get no answer at first. To be
 * called before the page opens its connection.
 */
export async function gateMessages(page: Page, words: string): Promise<MessageGate> {
  let isOpen = false;
  let sentence: string | null = null;
  let answerHeld: () => void = () => undefined;
  await page.routeWebSocket(/\/realtime\//, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => {
      const text = String(frame);
      const [, id] = /^42(\d+)\[/.exec(text) ?? [];
      if (isOpen || id === undefined || !text.includes(words)) {
        server.send(frame);
        return;
      }
      // A code that is final: the page does not try again by itself.
      const answer = () => {
        const error = { code: "message_empty", message: sentence };
        socket.send(`43${id}${JSON.stringify([{ ok: false, error }])}`);
      };
      if (sentence === null) answerHeld = answer;
      else answer();
    });
  });
  return {
    refuse(wanted) {
      isOpen = false;
      sentence = wanted;
      answerHeld();
      answerHeld = () => undefined;
    },
    open() {
      isOpen = true;
    },
  };
}
