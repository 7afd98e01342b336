/**
 * What the machine can do at best: a bare WebSocket server without sign-in, tenants, deduplication or rooms, that stores
 * every message by group commit in one table before it passes it on to the other one of its pair.
 */
import pg from "pg";
import { type WebSocket, WebSocketServer } from "ws";
import { createTable, groupCommit } from "./group-commit.ts";
import type { Sent, Told } from "./messages.ts";

type Pair = { seq: number; sockets: (WebSocket | undefined)[] };

function fail(error: unknown): never {
  console.error(error);
  process.exit(1);
}

const { BENCH_CONNECTION: connection = "{}" } = process.env;
const client = new pg.Client(JSON.parse(connection) as pg.ClientConfig);
await client.connect();
await client.query(createTable);
const store = groupCommit(client, fail);
const pairs = new Map<number, Pair>();
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });

const tell = (socket: WebSocket | undefined, told: Told) => socket?.send(JSON.stringify(told));

server.on("connection", (socket, request) => {
  const place = new URL(request.url ?? "", "ws://localhost").searchParams;
  if (!place.has("pair")) return; // An idle one.
  const number = Number(place.get("pair"));
  const side = Number(place.get("side"));
  const pair = pairs.get(number) ?? { seq: 0, sockets: [] };
  pairs.set(number, pair);
  pair.sockets[side] = socket;
  socket.on("message", (data) => {
    const { number: sent, text } = JSON.parse(String(data)) as Sent;
    store({
      pair: number,
      seq: ++pair.seq,
      side,
      text,
      stored() {
        tell(socket, { acknowledged: sent });
        tell(pair.sockets[1 - side], { delivered: text });
      },
    });
  });
});

server.on("listening", () => {
  const address = server.address();
  if (typeof address === "object" && address) console.log(`Ready: http://127.0.0.1:${address.port}`);
});

process.on("disconnect", () => process.exit(0));
