import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { measureEntrance } from "./measure-entrance.ts";

/** A server that answers so, and its address. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("A4: the time is that of the middle one of three requests; the first of all opens the connection", async () => {
  const delays = [700, 0, 500, 120];
  const asked: string[] = [];
  const address = await serve((request, response) => {
    asked.push(request.url ?? "");
    setTimeout(() => response.end("{}"), delays[asked.length - 1]);
  });
  const time = await measureEntrance(address);
  expect(asked).toEqual(Array(4).fill("/api/entrance"));
  expect(time).toBeGreaterThan(110);
  expect(time).toBeLessThan(450);
});

test.each<[string, RequestListener]>([
  ["never answers", () => undefined],
  ["answers with a failure", (_request, response) => response.writeHead(502).end()],
  ["sends one elsewhere", (_request, response) => response.writeHead(302, { location: "/other" }).end()],
  ["breaks off", (request) => request.socket.destroy()],
])("A4: an entrance that %s cannot be reached", async (_what, listener) => {
  expect(await measureEntrance(await serve(listener), 300)).toBeNull();
});

test("A4: an entrance where nobody listens cannot be reached", async () => {
  expect(await measureEntrance("http://127.0.0.1:9", 300)).toBeNull();
});
