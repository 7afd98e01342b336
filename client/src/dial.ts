/** What a connection is, whatever carries it: attempts, states, requests and their answers. */
import { errors } from "@grata/contract/error-codes";
import type { Failure } from "@grata/contract/errors";
import type { Handshake, News, RequestInput, RequestOutput, RequestType } from "@grata/contract/realtime";
import { ConnectionLost, RequestFailed, retryDelay } from "./failures.ts";
import { after, backoff, notBefore } from "./timers.ts";

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
  /**
   * Rejects with `RequestFailed` (the server said no) or `ConnectionLost` (nobody knows). A server that said "too many
   * requests" has done nothing: it is asked again by itself.
   */
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

/** Reads what arrives: by the contract's schemas, or by guards that a test holds against them. */
export type Wire = {
  /** Throws `RequestFailed` for a failure, `ConnectionLost` for what is no answer. */
  readAnswer<Type extends RequestType>(type: Type, received: unknown): RequestOutput<Type>;
  readNews(received: unknown): News | undefined;
  readFailure(received: unknown): Failure | undefined;
};

/** One socket, which may be connected again and again. */
export type Transport = {
  readonly connected: boolean;
  /** Makes one attempt, which ends in `connected` or `failed`. */
  connect(): void;
  /** `done` is called once: with the answer, or with undefined when none will come. */
  request(payload: object, patience: number, done: (answer: { value: unknown } | undefined) => void): void;
  /** When anything last arrived. */
  heardAt(): number;
  /** Ends a connection that is dead and has not noticed. */
  drop(): void;
  /** Ends it for good, without another word. */
  stop(): void;
};

export type TransportOptions = Pick<ConnectionOptions, "url" | "handshake" | "headers"> & {
  patience: number;
  connected(): void;
  /** `reason`: what the server said, if it said anything. */
  failed(reason: unknown): void;
  lost(): void;
  news(received: unknown): void;
};

const REQUEST_TIMEOUT = 10_000;
const RECONNECTION = { first: 500, longest: 5_000 };
/** A server that asks for more patience than this says so to whoever asked. */
const PATIENT_REPEATS = 3;

/** Connects, and stays connected through lost networks and restarted servers until it is closed, refused or ended. */
export function dial(
  options: ConnectionOptions,
  open: (options: TransportOptions) => Transport,
  wire: Wire,
): Connection {
  let state: ConnectionState = "connecting";
  let clockOffset = 0;
  let attempts = 0;
  let cancelAttempt = () => {};

  const transport = open({
    ...options,
    patience: REQUEST_TIMEOUT,
    connected() {
      attempts = 0;
      enter("open");
    },
    failed(reason) {
      const failure = wire.readFailure(reason);
      if (failure?.code === "version_unknown") {
        enter("reload_required", failure);
      } else if (failure && failure.code !== "other" && !errors[failure.code].retry) {
        enter("refused", failure);
      } else {
        attemptLater(failure?.retryAfter);
        enter("lost", failure);
      }
    },
    lost() {
      attemptLater();
      enter("lost");
    },
    news(received) {
      const news = wire.readNews(received);
      if (news?.type === "welcome") {
        clockOffset = news.now - Date.now();
      } else if (news?.type === "session.ended") {
        stop();
        enter("ended");
      }
      if (news) {
        options.onNews(news);
      }
    },
  });

  function enter(next: ConnectionState, failure?: Failure): void {
    state = next;
    options.onState(next, failure);
  }

  function attempt(): void {
    cancelAttempt();
    transport.connect();
  }

  function attemptLater(seconds?: number): void {
    cancelAttempt();
    cancelAttempt = after(notBefore(backoff(attempts, RECONNECTION), seconds), attempt);
    attempts += 1;
  }

  function stop(): void {
    cancelAttempt();
    transport.stop();
  }

  function send(type: RequestType, input: RequestInput<RequestType>): Promise<unknown> {
    const sentAt = Date.now();
    return new Promise((resolve, reject) => {
      transport.request({ type, ...input }, REQUEST_TIMEOUT, (answer) => {
        if (answer) {
          resolve(answer.value);
          return;
        }
        reject(new ConnectionLost(transport.connected ? "timeout" : "disconnected"));
        // Not a sound since the request left: the line is dead and nobody has noticed. A new one may be better.
        if (transport.connected && transport.heardAt() < sentAt) {
          transport.drop();
        }
      });
    });
  }

  transport.connect();

  return {
    get state() {
      return state;
    },
    async request(type, input) {
      for (let repeats = 0; ; repeats += 1) {
        if (state !== "open" || !transport.connected) {
          throw new ConnectionLost("not_open");
        }
        try {
          return wire.readAnswer(type, await send(type, input));
        } catch (error) {
          if (!isTooMany(error) || repeats === PATIENT_REPEATS) {
            throw error;
          }
          await new Promise<void>((resolve) => after(retryDelay(error, repeats) ?? 0, resolve));
        }
      }
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

const isTooMany = (error: unknown) =>
  error instanceof RequestFailed && error.failure.code === "too_many_requests";
