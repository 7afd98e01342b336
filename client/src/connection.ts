/** The only module outside the server that knows socket.io. */
import { errors, type Failure } from "@grata/contract/errors";
import {
  type Handshake,
  type News,
  newsEvent,
  type RequestInput,
  type RequestOutput,
  type RequestType,
  realtimePath,
  requestEvent,
} from "@grata/contract/realtime";
import { io, type Socket } from "socket.io-client";
import { ConnectionLost } from "./failures.ts";
import { after, backoff } from "./timers.ts";
import { readAnswer, readFailure, readNews } from "./wire.ts";

/**
 * - `connecting`: the first attempt is under way.
 * - `lost`: not connected, and trying again by itself.
 * - `reload_required`: the server speaks another version; only a reload of the page helps.
 * - `refused`: the server said no for the reason in the failure; tried again only by `retry()`.
 * - `ended`: the session is over.
 */
export type ConnectionState = "connecting" | "open" | "lost" | "reload_required" | "refused" | "ended";

/** What the log, the lists and the queue need of a connection. */
export type Line = {
  readonly state: ConnectionState;
  /** Rejects with `RequestFailed` (the server said no) or `ConnectionLost` (nobody knows). */
  request<Type extends RequestType>(type: Type, input: RequestInput<Type>): Promise<RequestOutput<Type>>;
};

export type Connection = Line & {
  /** Milliseconds since 1970 by the server's clock. */
  now(): number;
  /** Tries at once when `lost`; tries again when `refused`, with a new handshake. */
  retry(): void;
  /** Ends it for good; no state is reported afterwards. */
  close(): void;
};

export type ConnectionOptions = {
  /** The server's origin; the page's own when left out. */
  url?: string;
  /** Asked for at each attempt. */
  handshake: () => Handshake;
  onNews: (news: News) => void;
  onState: (state: ConnectionState, failure?: Failure) => void;
  /** Node only: the cookies of a test or a load program. */
  headers?: Record<string, string>;
};

const REQUEST_TIMEOUT = 10_000;
const RECONNECTION = { first: 250, longest: 5_000 };

/** Connects, and stays connected through lost networks and restarted servers until it is closed, refused or ended. */
export function connect(options: ConnectionOptions): Connection {
  let state: ConnectionState = "connecting";
  let clockOffset = 0;
  let attempts = 0;
  let heardAt = 0;
  let cancelAttempt = () => {};

  const settings: Parameters<typeof io>[1] = {
    path: realtimePath,
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    timeout: REQUEST_TIMEOUT,
    auth: (present) => present(options.handshake()),
    forceNew: true,
    autoConnect: false,
    // Attempts are ours: socket.io gives up for good when a middleware or the server ends the connection.
    reconnection: false,
    ...(options.headers && { extraHeaders: options.headers }),
  };
  const socket: Socket = options.url === undefined ? io(settings) : io(options.url, settings);

  function enter(next: ConnectionState, failure?: Failure): void {
    state = next;
    options.onState(next, failure);
  }

  function attempt(): void {
    cancelAttempt();
    socket.connect();
  }

  function attemptLater(atLeast: number): void {
    cancelAttempt();
    cancelAttempt = after(Math.max(atLeast, backoff(attempts, RECONNECTION)), attempt);
    attempts += 1;
  }

  function stop(): void {
    cancelAttempt();
    socket.off();
    socket.disconnect();
  }

  socket.on("connect", () => {
    attempts = 0;
    heardAt = Date.now();
    socket.io.engine.on("packet", () => {
      heardAt = Date.now();
    });
    enter("open");
  });

  socket.on("connect_error", (error: Error & { data?: unknown }) => {
    const failure = readFailure(error.data);
    if (failure?.code === "version_unknown") {
      enter("reload_required", failure);
    } else if (failure && !errors[failure.code].retry) {
      enter("refused", failure);
    } else {
      attemptLater((failure?.retryAfter ?? 0) * 1000);
      enter("lost", failure);
    }
  });

  socket.on("disconnect", () => {
    // socket.io buffers what is sent in the moment before it notices a dead line, and would send it after the next
    // connect; emptied here, those requests are rejected with the others.
    socket.sendBuffer.length = 0;
    attemptLater(0);
    enter("lost");
  });

  socket.on(newsEvent, (received: unknown) => {
    const news = readNews(received);
    if (news?.type === "welcome") {
      clockOffset = news.now - Date.now();
    } else if (news?.type === "session.ended") {
      stop();
      enter("ended");
    }
    if (news) {
      options.onNews(news);
    }
  });

  function send(type: RequestType, input: RequestInput<RequestType>): Promise<unknown> {
    const sentAt = Date.now();
    return new Promise((resolve, reject) => {
      socket
        .timeout(REQUEST_TIMEOUT)
        .emit(requestEvent, { type, ...input }, (error: Error | null, answer: unknown) => {
          if (!error) {
            resolve(answer);
            return;
          }
          reject(new ConnectionLost(socket.connected ? "timeout" : "disconnected"));
          // Not a sound since the request left: the line is dead and nobody has noticed. A new one may be better.
          if (socket.connected && heardAt < sentAt) {
            socket.io.engine.close();
          }
        });
    });
  }

  socket.connect();

  return {
    get state() {
      return state;
    },
    async request(type, input) {
      if (state !== "open" || !socket.connected) {
        throw new ConnectionLost("not_open");
      }
      return readAnswer(type, await send(type, input));
    },
    now: () => Date.now() + clockOffset,
    retry() {
      if (state === "refused") {
        enter("connecting");
        attempt();
      } else if (state === "lost") {
        attempt();
      }
    },
    close() {
      stop();
      state = "ended";
    },
  };
}
