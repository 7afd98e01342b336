import type { RequestType } from "@grata/contract/realtime";
import { Refusal } from "../foundation/refusal/refusal.ts";
import { type Rate, times } from "./bucket.ts";

/** `says`: messages. `asks`: everything else, the larger answers counting three. */
export type Rates = { says: Rate; asks: Rate };

export type SocketLimits = {
  /** Messages a second that one visitor may go on sending. Everything else follows from it. */
  messagesPerVisitor: number;
  /** Sockets that one network may have open on this node. */
  socketsPerAddress: number;
};

/** A shop in ten tabs, and the sockets of a lost network that nobody has missed yet. */
export const socketsPerVisitor = 32;
/** In all sessions together. */
export const socketsPerUser = 100;

/** When a socket that is one too many may come again. */
export const socketsRetryAfter = 10_000;

/** Handshakes of one network that nobody is found for. */
export const failedHandshakes: Rate = { burst: 500, perSecond: 10 };
/** Handshakes of one network that are refused with a sentence; further ones get no connection. */
export const refusedHandshakes: Rate = { burst: 500, perSecond: 50 };
/** So long somebody is kept out who went on after more refusals than theirs. */
export const barredMilliseconds = 10_000;

/** The rates of one visitor or user, and of all those of one network together. */
export function ratesOf({ messagesPerVisitor, socketsPerAddress }: SocketLimits) {
  const says = { burst: messagesPerVisitor * 8, perSecond: messagesPerVisitor };
  const visitor: Rates = { says, asks: times(says, 3) };
  const user = timesBoth(visitor, 10);
  return {
    own: { visitor, user },
    /** Refusals; somebody who goes on after them is cut, and kept out for a while. */
    refused: { visitor: times(visitor.says, 2), user: times(user.says, 2) },
    // Thousands of customers of one phone company; hundreds of agents of one office, who all come back at once.
    ofNetwork: { visitor: timesBoth(visitor, 200), user: timesBoth(user, 40) },
    socketsPerAddress,
    /** Of one network: after a restart everybody comes back in the same seconds. */
    handshakes: { burst: socketsPerAddress, perSecond: Math.max(1, socketsPerAddress / 20) },
  };
}

export const timesBoth = ({ says, asks }: Rates, factor: number): Rates => ({
  says: times(says, factor),
  asks: times(asks, factor),
});

/** The cost and kind of a request. An unknown one costs as much as the cheapest. */
export function costOf(payload: unknown): { kind: keyof Rates; count: number } {
  switch (typeOf(payload)) {
    case "message.send":
    case "message.resend":
    case "conversation.open":
      return { kind: "says", count: 1 };
    case "entries.after":
    case "entries.before":
    case "deliveries.after":
    case "conversation.mine":
    case "current.list":
    case "presence.list":
    case "waiting.list":
      return { kind: "asks", count: 3 };
    default:
      return { kind: "asks", count: 1 };
  }
}

const typeOf = (payload: unknown) =>
  typeof payload === "object" && payload !== null && "type" in payload
    ? (payload.type as RequestType)
    : undefined;

export function tooMany(milliseconds: number): Refusal {
  return new Refusal("too_many_requests", { retryAfter: Math.ceil(milliseconds / 1000) });
}
