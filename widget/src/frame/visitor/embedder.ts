import type { FrameMessage, PageMessage } from "@grata/contract/embedding";
import { isPageMessage } from "./page-message.ts";

/** How long a page that loaded us may take to answer. */
const HELLO_PATIENCE = 2_000;
const PAGE_PATIENCE = 500;

type Unsigned<Message> = Message extends unknown ? Omit<Message, "source"> : never;
type Hello = { token: string | null; identity: string | null };
export type Whereabouts = { url: string; title: string; referrer: string };

/** The page that carries this frame. */
export type Embedder = {
  /** The origin of that page; undefined when the chat window is opened as a page of its own. */
  readonly origin: string | undefined;
  post(message: Unsigned<FrameMessage>): void;
  /** What the page kept for us, and who it says is there. */
  hello(): Promise<Hello>;
  /** Where the visitor is now; undefined when the page does not say. */
  page(): Promise<Whereabouts | undefined>;
};

/**
 * Talks with the page that carries this frame, and with nobody else. The loader names its origin in our fragment; a
 * page that names another one's is simply not heard, and which pages may carry us is the server's `frame-ancestors`.
 */
export function createEmbedder(receive: (message: PageMessage) => void): Embedder {
  const origin = window.parent === window ? undefined : readOrigin(location.hash.slice(1));
  const greeted = Promise.withResolvers<Hello>();
  let located = Promise.withResolvers<Whereabouts | undefined>();

  if (origin === undefined) {
    return {
      origin,
      post: () => {},
      hello: async () => ({ token: null, identity: null }),
      page: async () => undefined,
    };
  }
  const post = (message: Unsigned<FrameMessage>) =>
    window.parent.postMessage({ source: "grata", ...message }, origin);
  addEventListener("message", (event: MessageEvent<unknown>) => {
    if (event.origin !== origin || event.source !== window.parent || !isPageMessage(event.data)) {
      return;
    }
    const message = event.data;
    if (message.type === "hello") {
      greeted.resolve(message);
    } else if (message.type === "page") {
      located.resolve(message);
    } else {
      receive(message);
    }
  });
  setTimeout(() => greeted.resolve({ token: null, identity: null }), HELLO_PATIENCE);
  return {
    origin,
    post,
    hello: () => greeted.promise,
    page() {
      located = Promise.withResolvers();
      setTimeout(located.resolve, PAGE_PATIENCE, undefined);
      post({ type: "where" });
      return located.promise;
    },
  };
}

function readOrigin(fragment: string): string | undefined {
  return URL.canParse(fragment) && new URL(fragment).origin === fragment ? fragment : undefined;
}
