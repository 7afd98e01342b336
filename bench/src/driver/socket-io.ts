/**
 * The part of Engine.IO 4 and Socket.IO 5 that a load program needs, as frames of a WebSocket: the official client
 * costs several times the CPU, and the driver shares its cores with what it measures.
 */
import { requestEvent } from "@grata/contract/realtime";

export type Packet =
  /** The transport is open: now one may connect. */
  | { kind: "open" }
  | { kind: "connected" }
  | { kind: "refused"; reason: string }
  | { kind: "ping" }
  | { kind: "event"; name: unknown; payload: unknown }
  | { kind: "acknowledgement"; id: number; payload: unknown }
  | { kind: "other" };

/** What to send once the transport is open. */
export const connectFrame = (handshake: object) => `40${JSON.stringify(handshake)}`;
/** The answer to a ping. */
export const pongFrame = "3";
/** A request that is to be acknowledged under `id`. */
export const requestFrame = (id: number, request: object) =>
  `42${id}["${requestEvent}",${JSON.stringify(request)}]`;

/** Reads one text frame of the server. */
export function readPacket(frame: string): Packet {
  switch (frame[0]) {
    case "0":
      return { kind: "open" };
    case "2":
      return { kind: "ping" };
    case "4":
      return readMessage(frame);
    default:
      return { kind: "other" };
  }
}

function readMessage(frame: string): Packet {
  switch (frame[1]) {
    case "0":
      return { kind: "connected" };
    case "2": {
      const [name, payload] = JSON.parse(frame.slice(2)) as unknown[];
      return { kind: "event", name, payload };
    }
    case "3": {
      const start = frame.indexOf("[");
      const [payload] = JSON.parse(frame.slice(start)) as unknown[];
      return { kind: "acknowledgement", id: Number(frame.slice(2, start)), payload };
    }
    case "4":
      return { kind: "refused", reason: frame.slice(2) };
    default:
      return { kind: "other" };
  }
}
