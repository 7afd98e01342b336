import { type FrameMessage, type PageMessage, pageMessage } from "@grata/contract/embedding";

/** How long a page that loaded us may take to tell the visitor's token. */
const TOKEN_PATIENCE = 2_000;

/** The page that carries this frame. */
export type Embedder = {
  /** False when the chat window is opened as a page of its own. */
  readonly present: boolean;
  post(message: FrameMessage): void;
  /** The token that the page kept for us; null when it has none. */
  token(): Promise<string | null>;
};

/**
 * Talks with the page that carries this frame, and with nobody else. The loader names its origin in our fragment; a
 * page that names another one's is simply not heard, and which pages may carry us is the server's `frame-ancestors`.
 */
export function createEmbedder(receive: (message: PageMessage) => void): Embedder {
  const origin = window.parent === window ? undefined : readOrigin(location.hash.slice(1));
  const kept = Promise.withResolvers<string | null>();

  if (origin === undefined) {
    return { present: false, post: () => {}, token: async () => null };
  }
  addEventListener("message", (event: MessageEvent<unknown>) => {
    if (event.origin !== origin || event.source !== window.parent) {
      return;
    }
    const message = pageMessage.safeParse(event.data).data;
    if (message?.type === "token") {
      kept.resolve(message.token);
    } else if (message) {
      receive(message);
    }
  });
  setTimeout(() => kept.resolve(null), TOKEN_PATIENCE);
  return {
    present: true,
    post: (message) => window.parent.postMessage(message, origin),
    token: () => kept.promise,
  };
}

function readOrigin(fragment: string): string | undefined {
  return URL.canParse(fragment) && new URL(fragment).origin === fragment ? fragment : undefined;
}
