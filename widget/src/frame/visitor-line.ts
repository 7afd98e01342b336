import { type Connection, type ConnectionState, connect, type Line } from "@grata/client/connection";
import { ConnectionLost, RequestFailed, retryDelay } from "@grata/client/failures";
import { after } from "@grata/client/timers";
import type { Failure } from "@grata/contract/errors";
import type { Language } from "@grata/contract/languages";
import { type News, realtimeVersion } from "@grata/contract/realtime";
import { registerVisitor } from "./register-visitor.ts";
import type { VisitorTokens } from "./visitor-tokens.ts";

export type VisitorLine = Line & {
  /** Connects, as the visitor that this browser knows or as a new one. */
  start(): void;
  /** Tries again at once. */
  retry(): void;
  close(): void;
};

/** A visitor's connection. A visitor whom the server does not know any more becomes a new one, once. */
export function createVisitorLine(options: {
  origin: string;
  channelId: string;
  language: Language;
  tokens: VisitorTokens;
  onNews: (news: News) => void;
  onState: (state: ConnectionState, failure?: Failure) => void;
  onNewVisitor: () => void;
}): VisitorLine {
  const { origin, channelId, language, tokens } = options;
  let connection: Connection | undefined;
  let state: ConnectionState = "connecting";
  let token = "";
  /** How a token is found; undefined while we have one. */
  let find: (() => Promise<string | null>) | undefined = tokens.read;
  let finding = false;
  let renewed = false;
  let closed = false;
  let attempts = 0;
  let cancelAttempt = () => {};

  function enter(next: ConnectionState, failure?: Failure): void {
    state = next;
    options.onState(next, failure);
  }

  /** Gets a token and goes on with it; tries again by itself after an error that may pass. */
  async function identify(): Promise<void> {
    cancelAttempt();
    if (!find || finding) {
      return;
    }
    finding = true;
    try {
      const found = await find();
      token = found ?? (await registerVisitor(origin, channelId, language));
      if (found === null) {
        tokens.keep(token);
      }
      find = undefined;
      attempts = 0;
      dial();
    } catch (error) {
      const pause = retryDelay(error, attempts);
      attempts += 1;
      const failure = error instanceof RequestFailed ? error.failure : undefined;
      if (pause === undefined) {
        enter("refused", failure);
      } else {
        enter("lost", failure);
        cancelAttempt = after(pause, identify);
      }
    } finally {
      finding = false;
    }
  }

  /** The token that another tab got after ours was refused; null, and ours is gone, when there is none. */
  async function findAnother(): Promise<string | null> {
    const kept = await tokens.read();
    if (kept !== token) {
      return kept;
    }
    tokens.forget();
    return null;
  }

  function dial(): void {
    if (closed) {
      return;
    }
    if (connection) {
      connection.retry();
      return;
    }
    connection = connect({
      url: origin,
      handshake: () => ({ as: "visitor", version: realtimeVersion, channel: channelId, token, language }),
      onNews: options.onNews,
      onState: follow,
    });
  }

  function follow(next: ConnectionState, failure?: Failure): void {
    if (next === "refused" && failure?.code === "sign_in_required" && !renewed) {
      renewed = true;
      find = findAnother;
      options.onNewVisitor();
      void identify();
    } else {
      enter(next, failure);
    }
  }

  return {
    get state() {
      return state;
    },
    request: (type, input) =>
      connection ? connection.request(type, input) : Promise.reject(new ConnectionLost("not_open")),
    start: () => void identify(),
    retry() {
      if (find) {
        void identify();
      } else {
        connection?.retry();
      }
    },
    close() {
      closed = true;
      cancelAttempt();
      connection?.close();
    },
  };
}
