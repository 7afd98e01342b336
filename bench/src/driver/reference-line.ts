import { WebSocket } from "ws";
import type { Told } from "../reference/messages.ts";
import { inTurns } from "./in-turns.ts";
import type { LineEvents, OpenLine } from "./line.ts";

const atOnce = 10;

/** Opens plain sockets that never write, with the same care that Grata's get. */
export function openIdleSockets(url: string, count: number): Promise<WebSocket[]> {
  return inTurns(Array.from({ length: count }), atOnce, () => openSocket(url, ""));
}

/** Both ends of so many pairs of the reference server. */
export function openReferencePairs(url: string, count: number): Promise<[OpenLine, OpenLine][]> {
  return inTurns([...Array(count).keys()], atOnce, async (pair) => [
    referenceLine(await openSocket(url, `?pair=${pair}&side=0`)),
    referenceLine(await openSocket(url, `?pair=${pair}&side=1`)),
  ]);
}

function openSocket(url: string, query: string): Promise<WebSocket> {
  const address = `${url.replace("http", "ws")}/${query}`;
  const socket = new WebSocket(address, { perMessageDeflate: false, skipUTF8Validation: true });
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve(socket));
    socket.once("error", reject);
  });
}

function referenceLine(socket: WebSocket): OpenLine {
  let events: LineEvents | undefined;
  socket.on("message", (data) => {
    const told = JSON.parse(String(data)) as Told;
    if ("acknowledged" in told) events?.acknowledged(told.acknowledged);
    else events?.delivered(told.delivered);
  });
  socket.on("close", () => events?.failed("The reference server closed a connection."));
  return {
    line: { send: (number, text) => socket.send(JSON.stringify({ number, text })) },
    listen(listener) {
      events = listener;
    },
  };
}
