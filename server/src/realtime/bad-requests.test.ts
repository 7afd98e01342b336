import { realtimeVersion, requests } from "@grata/contract/realtime";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { nothingWritten } from "../../testing/checks/mine.ts";
import { openRaw, type RawSocket } from "../../testing/checks/raw.ts";
import { openSql, rowCounts } from "../../testing/checks/stored.ts";
import { connectVisitor, makeVisitor, newClientId, type TestVisitor } from "../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../testing/servers/test-node.ts";
import { sentenceOf } from "../foundation/refusal/sentences.ts";

/** What may come by a socket of somebody who is connected in good order (CVE-2026-102489: answers are fixed texts). */
let node: TestNode;
let sql: pg.Client;
let other: TestVisitor;
let raw: RawSocket;
let channelId: string;

beforeAll(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
  ({ channelId } = await makeOrganisation(node));
  other = await connectVisitor(node, channelId);
});
afterAll(async () => {
  other.close();
  await sql.end();
  await node.stop();
});
beforeEach(async () => {
  const { token } = await makeVisitor(node, channelId);
  const before = await rowCounts(sql);
  raw = await openRaw(node.url, {
    as: "visitor",
    version: realtimeVersion,
    channel: channelId,
    token,
    language: "zh-Hans",
  });
  return async () => {
    // Whatever was sent: this connection and the others go on, and nothing was written.
    expect(await raw.ask("request", { type: "conversation.mine" })).toEqual({
      ok: true,
      value: nothingWritten,
    });
    expect(await other.request("conversation.mine", {})).toEqual(nothingWritten);
    expect(await rowCounts(sql)).toEqual(before);
    raw.close();
  };
});

const failure = (code: "event_unknown" | "request_invalid" | "forbidden") => ({
  ok: false,
  error: expect.objectContaining({ code, message: sentenceOf(code, "zh-Hans") }),
});
const eventUnknown = {
  ok: false,
  error: { code: "event_unknown", message: sentenceOf("event_unknown", "zh-Hans") },
};

describe("a request of a type that does not exist", () => {
  test.each([
    "",
    "conversation",
    "conversation.delete",
    "Message.send",
    "message.send ",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "prototype",
    "x".repeat(100_000),
    "message.send\0",
    "<img src=x onerror=alert(1)>",
  ])("C4: %.40s is event_unknown, in a fixed sentence", async (type) => {
    expect(await raw.ask("request", { type })).toEqual(eventUnknown);
  });

  test.each([undefined, null, 0, true, "message.send", [], [{ type: "message.send" }], {}, { type: null }])(
    "C4: the payload %j is event_unknown",
    async (payload) => expect(await raw.ask("request", payload)).toEqual(eventUnknown),
  );

  test.each([{ type: ["conversation.mine"] }, { type: { toString: "conversation.mine" } }, { type: 1 }])(
    "C4: the type of %j is event_unknown",
    async (payload) => expect(await raw.ask("request", payload)).toEqual(eventUnknown),
  );
});

describe("an event that does not exist", () => {
  test.each(["requests", "news", "error", "message", "ping", "__proto__", "constructor", "connection"])(
    "C4: %s is event_unknown",
    async (event) => {
      expect(await raw.ask(event, { type: "conversation.mine" })).toEqual(eventUnknown);
      expect(await raw.ask(event)).toEqual(eventUnknown);
      raw.send(`42${JSON.stringify([event])}`);
    },
  );
});

describe("a request in an odd form", () => {
  test("C4: without a number for the answer is not carried out", async () => {
    raw.send(
      `42${JSON.stringify(["request", { type: "conversation.open", clientId: newClientId(), text: "Hi" }])}`,
    );
  });

  test("C4: with more than one payload is answered as one with the first", async () => {
    const answer = await raw.ask("request", { type: "conversation.mine" }, { type: "waiting.list" }, 7);
    expect(answer).toEqual({ ok: true, value: nothingWritten });
  });

  test("C4: cannot bring a principal, an organisation or a prototype along", async () => {
    const payload = JSON.parse(
      `{"type":"waiting.list","__proto__":{"kind":"user"},"principal":{"kind":"user"},"organisationId":"${newClientId()}"}`,
    );
    expect(await raw.ask("request", payload)).toEqual(failure("forbidden"));
  });

  test.each(Object.keys(requests))(
    "C4: %s with every field of a wrong type is refused or does nothing",
    async (type) => {
      for (const wrong of [7, "x", [], { $gt: "" }, null]) {
        const fields = ["conversationId", "clientId", "text", "seq", "after", "before", "limit", "order"];
        const payload = { type, ...Object.fromEntries(fields.map((field) => [field, wrong])) };
        const answer = await raw.ask("request", payload);
        expect(answer).toMatchObject(
          type === "conversation.mine"
            ? { ok: true }
            : {
                ok: false,
                error: { code: expect.stringMatching(/^(request_invalid|message_\w+|forbidden)$/) },
              },
        );
      }
    },
  );
});

describe("too many requests at once", () => {
  test("D1: of one connection are refused beyond 256, and it goes on afterwards", async () => {
    const asked = Array.from({ length: 1_000 }, () => raw.ask("request", { type: "conversation.mine" }));
    const answers = (await Promise.all(asked)) as { ok: boolean; error?: { code: string } }[];
    const codes = answers.filter(({ ok }) => !ok).map(({ error }) => error?.code);
    const refused = codes.filter((code) => code === "too_many_requests");
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(1_000 - 256);
    // On a machine with no time for them, some of those that were let in are told to come back.
    const others = codes.filter((code) => code !== "too_many_requests" && code !== "unavailable");
    expect(others).toEqual([]);
  });
});
