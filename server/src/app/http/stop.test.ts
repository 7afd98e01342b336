import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { startTestNode } from "../../../testing/servers/test-node.ts";

test("H1: a node stops although browsers hold connections that never carry a whole request", async () => {
  const node = await startTestNode();
  const port = Number(new URL(node.url).port);
  const head = "POST /api/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  const silent = await open(port, "");
  const halfAHead = await open(port, head);
  const halfABody = await open(port, `${head}Content-Length: 100\r\n\r\n{`);
  const closed = [silent, halfAHead, halfABody].map((socket) => once(socket, "close"));
  // Whatever was sent before it has been read by then.
  expect((await fetch(`${node.url}/healthz`)).status).toBe(200);
  await node.stop();
  await Promise.all(closed);
});

async function open(port: number, text: string): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.resume();
  await once(socket, "connect");
  socket.write(text);
  return socket;
}
