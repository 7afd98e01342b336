import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { fetchPage } from "./fetch-page.ts";

/** A site on this machine: private, unless it is named as one of ours. */
async function site(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const html: RequestListener = (_, response) => {
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.setHeader("content-security-policy", ["script-src 'self', img-src *", "frame-src 'none'"]);
  response.end("<p>茶</p>");
};

test("D1: the page, its address and its policies are read", async () => {
  const ours = await site(html);
  expect(await fetchPage(`${ours}/tea?x=1`, [ours])).toEqual({
    kind: "page",
    address: `${ours}/tea?x=1`,
    html: "<p>茶</p>",
    policies: ["script-src 'self'", " img-src *", "frame-src 'none'"],
  });
});

test("D1: nothing private is fetched, however it is written", async () => {
  let asked = 0;
  const inner = await site((_, response) => {
    asked++;
    response.end();
  });
  const { port } = new URL(inner);
  for (const host of [
    "127.0.0.1",
    "localhost",
    "2130706433",
    "0x7f.1",
    "0.0.0.0",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "[fe80::1]",
    "[fd00::1]",
  ]) {
    expect(await fetchPage(`http://${host}:${port}/`, []), host).toEqual({ kind: "private" });
    expect(await fetchPage(`https://${host}:${port}/`, []), host).toEqual({ kind: "private" });
  }
  expect(asked).toBe(0);
});

test("D1: a redirect leads neither into the private network nor to another scheme, nor for ever", async () => {
  let asked = 0;
  const inner = await site(() => {
    asked++;
  });
  const ours = await site((request, response) => {
    const to = { "/inner": inner, "/file": "file:///etc/passwd", "/loop": "/loop", "/bad": "http://[" };
    response.writeHead(302, { location: to[request.url as keyof typeof to] }).end();
  });
  expect(await fetchPage(`${ours}/inner`, [ours])).toEqual({ kind: "private" });
  expect(await fetchPage(`${ours}/file`, [ours])).toEqual({ kind: "refused" });
  expect(await fetchPage(`${ours}/loop`, [ours])).toEqual({ kind: "refused" });
  expect(await fetchPage(`${ours}/bad`, [ours])).toEqual({ kind: "refused" });
  expect(asked).toBe(0);
});

test("D1: what is no page, too large, an error, or nobody at all is said to be that", async () => {
  const ours = await site((request, response) => {
    if (request.url === "/error") response.writeHead(500, { "content-type": "text/html" }).end("no");
    else if (request.url === "/text") response.writeHead(200, { "content-type": "text/plain" }).end("no");
    else response.writeHead(200, { "content-type": "text/html" }).end("x".repeat(2 * 1024 * 1024 + 1));
  });
  expect(await fetchPage(`${ours}/error`, [ours])).toEqual({ kind: "refused" });
  expect(await fetchPage(`${ours}/text`, [ours])).toEqual({ kind: "not_html" });
  expect(await fetchPage(`${ours}/large`, [ours])).toEqual({ kind: "too_large" });
  expect(await fetchPage("http://nobody.invalid/", [])).toEqual({ kind: "unreachable" });
});
