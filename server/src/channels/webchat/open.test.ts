import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { refusalOf } from "../../../testing/checks/refusals.ts";
import { openSql, storedLog } from "../../../testing/checks/stored.ts";
import { makeAgent, makeCustomer } from "../../../testing/scenes/chats.ts";
import { newClientId } from "../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import type { AppendWriter } from "../../domains/conversations/append/writer.ts";
import { claim } from "../../domains/conversations/claim.ts";
import { close } from "../../domains/conversations/close.ts";
import type { User, Visitor } from "../../foundation/access/principal.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { open } from "./open.ts";

let node: TestNode;
let sql: pg.Client;
let agent: User;
let visitor: Visitor;

beforeAll(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
});
afterAll(async () => {
  await sql.end();
  await node.stop();
});
beforeEach(async () => {
  const place = await makeOrganisation(node);
  agent = await makeAgent(node, place);
  visitor = await makeCustomer(node, place);
});

function write(
  text: string,
  clientId = newClientId(),
  writer = node.services.writer,
  mayOpen = async () => {},
) {
  return open(node.services.storage, writer, visitor, { clientId, text, connectionId: null }, mayOpen);
}

async function serveAndClose(conversationId: string): Promise<void> {
  await claim(node.services.storage, agent, { conversationId }, node.services.channels.capabilitiesOf);
  await close(node.services.storage, agent, { conversationId });
}

async function chats(): Promise<{ id: string; status: string; texts: (string | null)[] }[]> {
  const { rows } = await sql.query<{ id: string; status: string }>(
    "SELECT id, status FROM conversations WHERE customer_id = $1 ORDER BY opened_at",
    [visitor.customerId],
  );
  return Promise.all(
    rows.map(async (row) => ({
      ...row,
      texts: (await storedLog(sql, row.id)).filter(({ kind }) => kind === "message").map(({ text }) => text),
    })),
  );
}

describe("a customer who writes", () => {
  test("C8: opens a chat with the first message, writes into it with the next, and opens another after its close", async () => {
    const first = await write("one");
    const second = await write("two");
    expect([first.entry.seq, second.entry.seq]).toEqual([1, 2]);
    expect(second.conversation).toMatchObject({ id: first.conversation.id, status: "waiting", head: 2 });
    await serveAndClose(first.conversation.id);
    const third = await write("three");
    expect(third.conversation).toMatchObject({ status: "waiting", head: 1 });
    expect(await chats()).toEqual([
      { id: first.conversation.id, status: "closed", texts: ["one", "two"] },
      { id: third.conversation.id, status: "waiting", texts: ["three"] },
    ]);
  });

  test("C8, D1: in several tabs at once, opens one chat with every message in it once", async () => {
    const texts = Array.from({ length: 8 }, (_, number) => `tab ${number}`);
    const opened = await Promise.all(texts.map((text) => write(text)));
    expect(new Set(opened.map(({ conversation }) => conversation.id)).size).toBe(1);
    const [chat, ...others] = await chats();
    expect(others).toEqual([]);
    expect(chat?.texts.toSorted()).toEqual(texts);
  });

  test("C8, D1: sends the same message twice at once, and it opens one chat with one message", async () => {
    const clientId = newClientId();
    const opened = await Promise.all([1, 2, 3].map(() => write("once", clientId)));
    expect(opened.map(({ entry }) => entry.seq)).toEqual([1, 1, 1]);
    expect(await chats()).toMatchObject([{ texts: ["once"] }]);
  });

  test("C8: sends the opening message again after the close, and no second chat opens", async () => {
    const clientId = newClientId();
    const first = await write("opening", clientId);
    await serveAndClose(first.conversation.id);
    const again = await write("opening", clientId);
    expect(again.conversation).toMatchObject({ id: first.conversation.id, status: "closed" });
    expect(again.entry).toEqual(first.entry);
    expect(await chats()).toHaveLength(1);
  });

  test("C8: sends a later message again after the close, and no second chat opens", async () => {
    const first = await write("opening");
    const clientId = newClientId();
    const second = await write("later", clientId);
    await serveAndClose(first.conversation.id);
    const again = await write("later", clientId);
    expect(again.conversation.id).toBe(first.conversation.id);
    expect(again.entry).toEqual(second.entry);
    expect(await chats()).toHaveLength(1);
  });

  test("C8: sends it again after the close while the next chat is open, and it is not repeated there", async () => {
    const first = await write("opening");
    const clientId = newClientId();
    const second = await write("later", clientId);
    await serveAndClose(first.conversation.id);
    await write("next");
    const again = await write("later", clientId);
    expect(again.entry).toEqual(second.entry);
    expect(await chats()).toMatchObject([{ texts: ["opening", "later"] }, { texts: ["next"] }]);
  });

  test("C8: opens another chat when the agent closes in just that moment", async () => {
    const first = await write("opening");
    const closesFirst: AppendWriter = {
      ...node.services.writer,
      async append(entry) {
        await serveAndClose(first.conversation.id);
        return node.services.writer.append(entry);
      },
    };
    const second = await write("too late", newClientId(), closesFirst);
    expect(second.conversation).toMatchObject({ status: "waiting", head: 1 });
    expect(await chats()).toMatchObject([{ texts: ["opening"] }, { texts: ["too late"] }]);
  });

  test("C8: is asked for permission once for each new chat, and stores nothing without it", async () => {
    let asked = 0;
    const count = async () => {
      asked++;
    };
    const refuse = async () => Promise.reject(new Refusal("too_many_chats"));
    const refused = write("refused", newClientId(), node.services.writer, refuse);
    expect(await refusalOf(refused)).toBe("too_many_chats");
    expect(await chats()).toEqual([]);
    await write("one", newClientId(), node.services.writer, count);
    await write("two", newClientId(), node.services.writer, refuse);
    expect(asked).toBe(1);
  });
});
