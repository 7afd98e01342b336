import { Decoder, Encoder, PacketType } from "socket.io-parser";
import { expect, test } from "vitest";
import { connectFrame, readPacket, requestFrame } from "./socket-io.ts";

/** What socket.io puts on the wire: an Engine.IO message (4) around a packet. */
function official(packet: { type: PacketType; data: unknown; id?: number }): string {
  return `4${new Encoder().encode({ nsp: "/", ...packet })[0]}`;
}

/** What socket.io makes of a frame of ours. */
function decoded(frame: string): unknown {
  const decoder = new Decoder();
  let packet: unknown;
  decoder.on("decoded", (found) => {
    packet = found;
  });
  decoder.add(frame.slice(1));
  return packet;
}

test("socket.io understands what we send", () => {
  expect(decoded(connectFrame({ as: "user", version: 1 }))).toMatchObject({
    type: PacketType.CONNECT,
    data: { as: "user", version: 1 },
  });
  expect(decoded(requestFrame(17, { type: "waiting.list" }))).toMatchObject({
    type: PacketType.EVENT,
    id: 17,
    data: ["request", { type: "waiting.list" }],
  });
});

test("we understand what socket.io sends", () => {
  expect(readPacket('0{"sid":"x"}')).toEqual({ kind: "open" });
  expect(readPacket("2")).toEqual({ kind: "ping" });
  expect(readPacket(official({ type: PacketType.CONNECT, data: { sid: "x" } }))).toEqual({
    kind: "connected",
  });
  expect(readPacket(official({ type: PacketType.ACK, id: 205, data: [{ ok: true }] }))).toEqual({
    kind: "acknowledgement",
    id: 205,
    payload: { ok: true },
  });
  expect(readPacket(official({ type: PacketType.EVENT, data: ["news", { type: "welcome" }] }))).toEqual({
    kind: "event",
    name: "news",
    payload: { type: "welcome" },
  });
  expect(readPacket('44{"message":"refused"}')).toEqual({
    kind: "refused",
    reason: '{"message":"refused"}',
  });
});

test("what a load program has no use for is passed over", () => {
  expect(readPacket("6")).toEqual({ kind: "other" });
  expect(readPacket("41")).toEqual({ kind: "other" });
});
