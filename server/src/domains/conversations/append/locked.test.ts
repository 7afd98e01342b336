import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openSql, storedLog } from "../../../../testing/checks/stored.ts";
import { type Chat, makeAgent, makeClaimedChat, makeWaitingChat } from "../../../../testing/scenes/chats.ts";
import { agentMessage, customerMessage, openWriter, watch } from "../../../../testing/scenes/writers.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";
import type { User } from "../../../foundation/access/principal.ts";

/** Somebody else's transaction holds a row and does not end: a claim on a node that hangs, say. */
let node: TestNode;
let sql: pg.Client;
let holder: pg.Client;
let writer: ReturnType<typeof openWriter>;
let place: Awaited<ReturnType<typeof makeOrganisation>>;
let claimed: Chat;
let other: Chat;
let agent: User;

beforeAll(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
  holder = await openSql(node.databaseUrl);
});
afterAll(async () => {
  await holder.end();
  await sql.end();
  await node.stop();
});
beforeEach(async () => {
  place = await makeOrganisation(node);
  agent = await makeAgent(node, place);
  claimed = await makeClaimedChat(node, place, agent);
  other = await makeClaimedChat(node, place, agent);
  writer = openWriter(node);
  return async () => {
    await holder.query("ROLLBACK");
    await writer.close();
  };
});

async function hold(statement: string, parameters: unknown[]): Promise<void> {
  await holder.query("BEGIN");
  const held = await holder.query(`${statement} FOR UPDATE`, parameters);
  expect(held.rowCount).toBe(1);
}

const holdConversation = (chat: Chat) => hold("SELECT FROM conversations WHERE id = $1", [chat.id]);
const holdWaitList = ({ organisationId }: { organisationId: string }) =>
  hold("SELECT FROM list_versions WHERE list = 'waiting' AND organisation_id = $1", [organisationId]);

describe("a conversation that another transaction has locked", () => {
  test("C4, H1: delays its own messages only, and they are stored in their order once it is free", async () => {
    await holdConversation(claimed);
    const held = ["one", "two", "three"].map((text) => writer.append(customerMessage(claimed, text)));
    const watched = held.map(watch);
    for (let number = 0; number < 20; number++) await writer.append(customerMessage(other, `${number}`));
    const late = writer.append(customerMessage(claimed, "four"));
    await writer.append(customerMessage(other, "last"));
    expect(watched.map(({ state }) => state)).toEqual(["pending", "pending", "pending"]);
    await holder.query("ROLLBACK");
    const appended = await Promise.all([...held, late]);
    expect(appended.map(({ seq }) => seq)).toEqual([3, 4, 5, 6]);
    const log = await storedLog(sql, claimed.id);
    expect(log.slice(2).map((entry) => entry.text)).toEqual(["one", "two", "three", "four"]);
    expect(writer.faults).toEqual([]);
  });
});

describe("a wait list that another transaction has locked", () => {
  test("C3, H1: delays no message, not even into a chat that waits on it", async () => {
    const chat = await makeWaitingChat(node, place);
    await holdWaitList(place);
    expect(await writer.append(customerMessage(chat, "one"))).toMatchObject({ seq: 2 });
    await holder.query("ROLLBACK");
    expect(writer.faults).toEqual([]);
  });
});

describe("an author whom another transaction has locked", () => {
  test("C4, H1: delays their messages only, and they are stored in their order once it is free", async () => {
    await hold("SELECT FROM users WHERE id = $1", [agent.userId]);
    const held = ["one", "two"].map((text) => writer.append(agentMessage(claimed, agent, text)));
    const watched = held.map(watch);
    for (let number = 0; number < 5; number++) await writer.append(customerMessage(other, `${number}`));
    expect(watched.map(({ state }) => state)).toEqual(["pending", "pending"]);
    await holder.query("ROLLBACK");
    expect((await Promise.all(held)).map(({ seq }) => seq)).toEqual([3, 4]);
    expect(writer.faults).toEqual([]);
  });
});
