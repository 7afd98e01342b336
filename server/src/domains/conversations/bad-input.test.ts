import type pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { expectFailure } from "../../../testing/checks/refusals.ts";
import { openSql, rowCounts } from "../../../testing/checks/stored.ts";
import {
  connectAgent,
  connectVisitor,
  newClientId,
  type TestAgent,
  type TestVisitor,
} from "../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

/** What clients may send by mistake or by malice into a chat: each gets its code and its sentence, and writes nothing. */
let node: TestNode;
let sql: pg.Client;
let agent: TestAgent;
let visitor: TestVisitor;
let conversationId: string;
let before: Record<string, number>;

beforeAll(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
  const place = await makeOrganisation(node);
  agent = await connectAgent(node, place.organisationId);
  visitor = await connectVisitor(node, place.channelId);
  const opened = await visitor.request("conversation.open", { clientId: newClientId(), text: "Hello" });
  conversationId = opened.conversation.id;
  await agent.request("conversation.claim", { conversationId });
});
afterAll(async () => {
  agent.close();
  visitor.close();
  await sql.end();
  await node.stop();
});
beforeEach(async () => {
  before = await rowCounts(sql);
});

const texts = [
  ["of 10,001 characters", "好".repeat(10_001), "message_too_long"],
  ["of a megabyte in its own frame's limits", "a".repeat(100_000), "message_too_long"],
  ["that is empty", "", "message_empty"],
  ["that is blank", " \n\t\u3000\u2003 ", "message_empty"],
  ["with NUL", "a\0b", "message_not_text"],
  ["with half a surrogate pair", "a\ud83d", "message_not_text"],
  ["with the other half", "\ude00b", "message_not_text"],
  ["that is a number", 7, "message_not_text"],
  ["that is null", null, "message_not_text"],
  ["that is left out", undefined, "message_not_text"],
  ["that is a list", ["Hello"], "message_not_text"],
  ["that is an object with an operator", { $ne: "" }, "message_not_text"],
] as const;

describe("a message", () => {
  afterEach(async () => expect(await rowCounts(sql)).toEqual(before));

  test.each(texts)("C4, D1: %s is refused by its code and stores nothing", async (_name, text, code) => {
    const clientId = newClientId();
    await expectFailure(visitor.request("message.send", { conversationId, clientId, text } as never), code);
    await expectFailure(agent.request("message.send", { conversationId, clientId, text } as never), code);
    await expectFailure(visitor.request("conversation.open", { clientId, text } as never), code);
  });

  test.each([
    ["left out", undefined],
    ["a number", 1],
    ["not a UUID", "1"],
    ["a UUID and more", `${newClientId()}'; --`],
    ["an object", { toString: "x" }],
  ])("C4: whose client id is %s is refused", async (_name, clientId) => {
    const input = { conversationId, clientId, text: "Hi" } as never;
    await expectFailure(visitor.request("message.send", input), "request_invalid");
    await expectFailure(visitor.request("conversation.open", input), "request_invalid");
  });
});

describe("numbers", () => {
  afterEach(async () => expect(await rowCounts(sql)).toEqual(before));

  test.each([-1, 1.5, 2_147_483_648, Number.MAX_SAFE_INTEGER, 1e300, "1", null])(
    "C4: %s is no number of an entry",
    async (number) => {
      const seq = number as never;
      await expectFailure(visitor.request("conversation.read", { conversationId, seq }), "request_invalid");
      await expectFailure(
        visitor.request("entries.after", { conversationId, after: seq }),
        "request_invalid",
      );
      await expectFailure(
        visitor.request("entries.before", { conversationId, before: seq }),
        "request_invalid",
      );
    },
  );

  test.each([0, -1, 201, 1.5, 1e300, "50"])("C4: %s is no length of a page", async (number) => {
    const input = { conversationId, after: 0, limit: number as never };
    await expectFailure(visitor.request("entries.after", input), "request_invalid");
  });

  test("C4: a read mark beyond the head stands at the head, and never moves back", async () => {
    const read = async () => (await visitor.request("conversation.mine", {})).conversation?.read;
    const head = (await visitor.request("conversation.mine", {})).conversation?.head;
    await visitor.request("conversation.read", { conversationId, seq: 2_147_483_647 });
    expect(await read()).toBe(head);
    await visitor.request("conversation.read", { conversationId, seq: 0 });
    expect(await read()).toBe(head);
  });
});

describe("afterwards", () => {
  test("C4: a message of exactly 10,000 characters, of any kind, goes through and comes back the same", async () => {
    const rows = [...'a好\u0001"\\<'].map((character) => character.repeat(10_000));
    for (const text of [...rows, "😀".repeat(5_000), `\n ${"x".repeat(9_996)} \t`]) {
      expect(text).toHaveLength(10_000);
      const sent = await visitor.request("message.send", { conversationId, clientId: newClientId(), text });
      const page = await agent.request("entries.after", { conversationId, after: sent.seq - 1, limit: 1 });
      expect(page.entries).toMatchObject([{ seq: sent.seq, occurrence: { kind: "message", text } }]);
    }
  });
});
