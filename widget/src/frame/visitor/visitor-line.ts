import type { Connection, ConnectionState, Line } from "@grata/client/dial";
import { ConnectionLost, ForeignAnswer, RequestFailed, retryDelay } from "@grata/client/failures";
import { connectLightly } from "@grata/client/light/connection";
import { after } from "@grata/client/timers";
import type { Failure } from "@grata/contract/errors";
import type { Language } from "@grata/contract/languages";
import { realtimeVersion } from "@grata/contract/protocol";
import type { News } from "@grata/contract/realtime";
import type { Visitor } from "./visitor.ts";

export type VisitorLine = Line & {
  /** Connects, as the visitor that this browser knows or as a new one. */
  start(): void;
  /** Milliseconds since 1970 by the server's clock, as far as it is known. */
  now(): number;
  /** What proves who the visitor is; empty before it is found. */
  token(): string;
  /** Tries again at once. */
  retry(): void;
  close(): void;
};

/** A visitor's connection. A visitor whom the server does not know any more becomes a new one, once. */
export function createVisitorLine(options: {
  origin: string;
  channelId: string;
  language: Language;
  visitor: Visitor;
  onNews: (news: News) => void;
  onState: (state: ConnectionState, failure?: Failure) => void;
  onNewVisitor: () => void;
}): VisitorLine {
  const { origin, channelId, language, visitor } = options;
  let connection: Connection | undefined;
  let state: ConnectionState = "connecting";
  let token = "";
  /** How a token is found; undefined while we have one. */
  let find: (() => Promise<string>) | undefined = visitor.enter;
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
      token = await find();
      find = undefined;
      attempts = 0;
      dial();
    } catch (error) {
      // A firewall or a network's login page goes on as it is; a proxy without its server (5xx) will find it again.
      const blocked = error instanceof ForeignAnswer && error.status < 500;
      const pause = blocked ? undefined : retryDelay(error, attempts);
      attempts += 1;
      const failure = error instanceof RequestFailed ? error.failure : undefined;
      if (closed) {
        return;
      }
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

  function dial(): void {
    if (closed) {
      return;
    }
    if (connection) {
      connection.retry();
      return;
    }
    connection = connectLightly({
      url: origin,
      handshake: () => ({ as: "visitor", version: realtimeVersion, channel: channelId, token, language }),
      onNews: options.onNews,
      onState: follow,
    });
  }

  function follow(next: ConnectionState, failure?: Failure): void {
    if (next === "refused" && failure?.code === "sign_in_required" && !renewed) {
      renewed = true;
      const refused = token;
      find = () => visitor.enterAgain(refused);
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
    now: () => connection?.now() ?? Date.now(),
    token: () => token,
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
