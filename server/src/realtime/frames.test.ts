import { realtimeVersion } from "@grata/contract/realtime";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openRaw, openUpgraded, type RawSocket } from "../../testing/checks/raw.ts";
import { openSql, rowCounts } from "../../testing/checks/stored.ts";
import { connectVisitor, makeVisitor, newClientId, type TestVisitor } from "../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../testing/servers/test-node.ts";

/** CVE-2020-10101: a chat server that dies of a frame that is not JSON. Here that connection ends, and no other. */
let node: TestNode;
let sql: pg.Client;
let channelId: string;
let other: TestVisitor;
let conversationId: string;
let raw: RawSocket;

beforeAll(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
  ({ channelId } = await makeOrganisation(node));
  other = await connectVisitor(node, channelId);
  const opened = await other.request("conversation.open", { clientId: newClientId(), text: "Hello" });
  conversationId = opened.conversation.id;
});
afterAll(async () => {
  other.close();
  await sql.end();
  await node.stop();
});
beforeEach(async () => {
  const { token } = await makeVisitor(node, channelId);
  raw = await openRaw(node.url, { as: "visitor", version: realtimeVersion, channel: channelId, token });
  const before = await rowCounts(sql);
  return async () => {
    expect(await rowCounts(sql)).toEqual(before);
    await othersGoOn();
    raw.close();
  };
});

async function othersGoOn(): Promise<void> {
  expect(other.state).toBe("open");
  const clientId = newClientId();
  const sent = await other.request("message.send", { conversationId, clientId, text: "Still here" });
  const page = await other.request("entries.after", { conversationId, after: sent.seq - 1 });
  expect(page.entries).toMatchObject([{ seq: sent.seq, clientId }]);
}

const connect = JSON.stringify({ as: "visitor", version: realtimeVersion });
const megabytes = 10 * 1024 * 1024;

/** Frames that end the connection they come by. */
const deadly: Record<string, string | Uint8Array<ArrayBuffer>> = {
  "that is not JSON": "42not json",
  "that is half a packet": `42["request",{"type":"conversation.`,
  "with JSON that is no event": '42{"type":"conversation.mine"}',
  "with an event that has no name": "42[]",
  "with an event whose name is an object": "42[{}]",
  "with an event of the transport's own": '42["disconnect"]',
  "with an acknowledgement that is no list": "430{}",
  "of a kind that does not exist": "4999",
  "of an engine's kind that does not exist": "9",
  "with a handshake that is a list": "40[]",
  "with a handshake that is half": `40${connect.slice(0, -1)}`,
  "of binary that nobody announced": new Uint8Array([1, 2, 3, 255]),
  "that announces more binary than anybody sends": `4599999999-["request",{"_placeholder":true,"num":0}]`,
  "that connects a second time": `40${connect}`,
  "of a ping, which only the server sends": "2probe",
  "of 10 MB": `42["request","${"x".repeat(megabytes)}"]`,
  "of 10 MB of binary": new Uint8Array(megabytes),
  "just over the limit": `42["request","${"x".repeat(128 * 1024)}"]`,
};

/** Frames that are odd, and that the connection survives. */
const harmless: Record<string, string> = {
  "with an answer that nobody asked for": "4399999[{}]",
  "of JSON a hundred thousand levels deep": `42["request",${"[".repeat(60_000)}${"]".repeat(60_000)}]`,
  "of an object ten thousand levels deep": `4299["request",${'{"type":'.repeat(10_000)}1${"}".repeat(10_000)}]`,
  "that names a prototype": '42["request",{"__proto__":{"type":"conversation.mine"}}]',
  "of a namespace that does not exist": `40/admin,${connect}`,
};

describe("a frame", () => {
  test.each(Object.keys(deadly))("D1: %s ends its own connection only", async (name) => {
    raw.send(deadly[name] ?? "");
    await raw.closed;
  });

  test.each(Object.keys(harmless))("D1: %s does no harm", async (name) => {
    raw.send(harmless[name] ?? "");
    expect(await raw.ask("request", { type: "conversation.mine" })).toMatchObject({ ok: true });
  });

  test("D1: of text where announced binary should come ends its own connection only", async () => {
    raw.send('451-["request",{"_placeholder":true,"num":0}]');
    raw.send('42["request",{"type":"conversation.mine"}]');
    await raw.closed;
  });
});

describe("bytes", () => {
  test.each([
    ["that are no WebSocket frame", Buffer.from("GET / HTTP/1.1\r\n\r\n".repeat(10))],
    ["of a frame that is not masked", Buffer.from([0x81, 0x02, 0x34, 0x30])],
    [
      "of a frame of 2^63 bytes",
      Buffer.from([0x82, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3, 4]),
    ],
    ["of a compressed frame that nobody agreed on", Buffer.from([0xc1, 0x81, 1, 2, 3, 4, 5])],
  ])("D1: %s end their own connection only", async (_name, bytes) => {
    const socket = await openUpgraded(node.url);
    const ended = new Promise((resolve) => socket.once("close", resolve));
    socket.resume().write(bytes);
    await ended;
  });

  test("D1: of half a frame, and then the end, end their own connection only", async () => {
    const socket = await openUpgraded(node.url);
    const ended = new Promise((resolve) => socket.once("close", resolve));
    socket.resume().end(Buffer.from([0x81, 0xfe, 0x01, 0x00, 1, 2, 3, 4, 5, 6]));
    await ended;
  });
});
