import type pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openSql } from "../../../testing/checks/stored.ts";
import { uploadFile } from "../../../testing/scenes/files.ts";
import {
  connectAgent,
  connectVisitor,
  newClientId,
  type Person,
  type TestAgent,
  type TestVisitor,
} from "../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
let sql: pg.Client;
let agent: TestAgent;
let visitor: TestVisitor;
let conversationId: string;

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
  agent = await connectAgent(node, place.organisationId);
  visitor = await connectVisitor(node, place.channelId);
  const { conversation } = await visitor.request("conversation.open", {
    clientId: newClientId(),
    text: "Hello",
  });
  conversationId = conversation.id;
  await agent.request("conversation.claim", { conversationId });
});
afterEach(() => {
  for (const person of [agent, visitor]) person.close();
});

const send = (person: Person, text: string, clientId = newClientId()) =>
  person.request("message.send", { conversationId, clientId, text });
const lastOf = async (person: Person) =>
  (await person.request("entries.after", { conversationId, after: 2 })).entries.at(-1);

describe("whoever sends a message", () => {
  test("C4: is answered with the entry as the log has it: a user with the team's view of it", async () => {
    const { seq, at, entry } = await send(agent, "Hi");
    expect(entry).toEqual(await lastOf(agent));
    expect(entry).toMatchObject({ seq, at, author: { userId: agent.userId }, audience: "everybody" });
  });

  test("D1: is answered with the entry as the log has it: a customer with their own view of it", async () => {
    const { seq, at, entry } = await send(visitor, "Anybody?");
    expect(entry).toEqual(await lastOf(visitor));
    expect(entry).toMatchObject({ seq, at, author: { kind: "customer", name: null } });
    expect(entry).not.toHaveProperty("audience");
  });

  test("C4: has the file of the message in the answer", async () => {
    const file = await uploadFile(
      node,
      { ...agent, conversationId },
      { name: "notes.txt", content: "Notes" },
    );
    const message = { conversationId, clientId: newClientId(), text: "", file: file.id };
    const { entry } = await agent.request("message.send", message);
    expect(entry?.occurrence).toEqual({ kind: "message", text: "", file });
  });

  test("C4: gets the first entry again when they send it twice, also when the second says something else", async () => {
    const clientId = newClientId();
    const first = await send(visitor, "Once", clientId);
    await send(visitor, "In between");
    expect(await send(visitor, "Twice", clientId)).toEqual(first);
    const twin = newClientId();
    const [one, other] = await Promise.all([send(agent, "Hi", twin), send(agent, "Hi", twin)]);
    expect(other).toEqual(one);
  });

  test("C4, C8: gets it also after the chat was closed, and in a new one nothing else", async () => {
    const clientId = newClientId();
    const first = await send(visitor, "Just in time", clientId);
    await agent.request("conversation.close", { conversationId });
    expect(await send(visitor, "Just in time", clientId)).toEqual(first);
    const again = { clientId, text: "Just in time" };
    expect((await visitor.request("conversation.open", again)).entry).toEqual(first.entry);
  });

  test("F4: does not get words that were erased, however they ask for them", async () => {
    const clientId = newClientId();
    await send(visitor, "A secret", clientId);
    await agent.request("conversation.close", { conversationId });
    await sql.query("UPDATE conversations SET erased_at = now() WHERE id = $1", [conversationId]);
    expect((await send(visitor, "A secret", clientId)).entry?.occurrence).toEqual({ kind: "erased" });
    const { entry } = await visitor.request("conversation.open", { clientId, text: "A secret" });
    expect(entry.occurrence).toEqual({ kind: "erased" });
  });
});
