import { messageLimit } from "@grata/contract/text";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Chat, makeAgent, makeClaimedChat } from "../../../testing/scenes/chats.ts";
import { agentMessage, appendAll, customerMessage } from "../../../testing/scenes/writers.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import type { User } from "../../foundation/access/principal.ts";
import { readEntriesAfter, readEntriesBefore } from "./read-entries.ts";

let node: TestNode;
let agent: User;
let chat: Chat;

beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());
beforeEach(async () => {
  const place = await makeOrganisation(node);
  agent = await makeAgent(node, place);
  chat = await makeClaimedChat(node, place, agent);
});

const write = (count: number, text = "Hi") =>
  appendAll(
    node.services.writer,
    Array.from({ length: count }, () => customerMessage(chat, text)),
  );
const after = (number: number, limit?: number) =>
  readEntriesAfter(node.services.storage, agent, { conversationId: chat.id, after: number, limit });
const before = (number: number, limit?: number) =>
  readEntriesBefore(node.services.storage, agent, { conversationId: chat.id, before: number, limit });
const numbers = (page: { entries: { seq: number }[] }) => page.entries.map(({ seq }) => seq);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe("everything after a number", () => {
  test("C4: comes from there on, in order, a page at a time, with the head", async () => {
    await write(118);
    expect(await after(0)).toMatchObject({ head: 120 });
    expect(numbers(await after(0))).toEqual(range(1, 50));
    expect(numbers(await after(50, 60))).toEqual(range(51, 110));
    expect(numbers(await after(110, 200))).toEqual(range(111, 120));
    expect(await after(120)).toEqual({ head: 120, entries: [] });
  });

  test("C4: comes from its end backwards, each page in order", async () => {
    await write(118);
    expect(numbers(await before(2_147_483_647))).toEqual(range(71, 120));
    expect(numbers(await before(71, 60))).toEqual(range(11, 70));
    expect(numbers(await before(11))).toEqual(range(1, 10));
    expect(await before(1)).toEqual({ head: 120, entries: [] });
  });

  test("C4: is never more at once than a slow line can take before it is cut, and comes whole all the same", async () => {
    await write(60, "好".repeat(messageLimit));
    const read: number[] = [];
    while (read.length < 62) {
      const page = await after(read.at(-1) ?? 0, 200);
      expect(page.entries).not.toHaveLength(0);
      expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(512 * 1024);
      read.push(...numbers(page));
    }
    expect(read).toEqual(range(1, 62));
    const backwards: number[] = [];
    while (backwards[0] !== 1) {
      const page = await before(backwards[0] ?? 2_147_483_647, 200);
      expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(512 * 1024);
      backwards.unshift(...numbers(page));
    }
    expect(backwards).toEqual(range(1, 62));
  });
});

describe("what is for the team only", () => {
  test("C4: keeps its place in the customer's log, and shows nothing there", async () => {
    await node.services.writer.append({ ...agentMessage(chat, agent, "A secret"), audience: "team" });
    const page = await readEntriesAfter(node.services.storage, chat.visitor, {
      conversationId: chat.id,
      after: 2,
    });
    expect(page.entries).toEqual([
      {
        seq: 3,
        occurrence: { kind: "hidden" },
        author: { kind: "system", name: null },
        clientId: null,
        at: expect.any(Number),
      },
    ]);
    expect((await after(2)).entries).toMatchObject([{ occurrence: { text: "A secret" }, audience: "team" }]);
  });
});
