import type { RequestInput, RequestType } from "@grata/contract/realtime";
import type pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { expectFailure, failureOf } from "../../../testing/checks/refusals.ts";
import { openSql, rowCounts } from "../../../testing/checks/stored.ts";
import {
  connectAgent,
  connectVisitor,
  newClientId,
  type Person,
  type TestAgent,
  type TestVisitor,
} from "../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

/** Whoever has no business with a chat learns nothing of it, not even that it exists, by any request that names one. */
let node: TestNode;
let sql: pg.Client;
let before: Record<string, number>;
let agent: TestAgent;
let visitor: TestVisitor;
const strangers: Record<string, Person> = {};
const chats = { claimed: "", waiting: "", closed: "" };

async function openedBy(person: TestVisitor): Promise<string> {
  const opened = await person.request("conversation.open", { clientId: newClientId(), text: "Hello" });
  return opened.conversation.id;
}

beforeAll(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
  const place = await makeOrganisation(node);
  const elsewhere = await makeOrganisation(node, "Elsewhere");
  agent = await connectAgent(node, place.organisationId);
  visitor = await connectVisitor(node, place.channelId);
  const gone = await connectVisitor(node, place.channelId);
  const waiting = await connectVisitor(node, place.channelId);
  chats.claimed = await openedBy(visitor);
  chats.waiting = await openedBy(waiting);
  chats.closed = await openedBy(gone);
  for (const conversationId of [chats.claimed, chats.closed]) {
    await agent.request("conversation.claim", { conversationId });
  }
  await agent.request("conversation.close", { conversationId: chats.closed });
  gone.close();
  waiting.close();
  strangers["another visitor"] = await connectVisitor(node, place.channelId);
  strangers["a visitor of another organisation"] = await connectVisitor(node, elsewhere.channelId);
  strangers["an agent of another organisation"] = await connectAgent(node, elsewhere.organisationId);
  strangers["an admin of another organisation"] = await connectAgent(node, elsewhere.organisationId, "admin");
  strangers["another agent"] = await connectAgent(node, place.organisationId);
});
afterAll(async () => {
  for (const person of [agent, visitor, ...Object.values(strangers)]) person.close();
  await sql.end();
  await node.stop();
});
beforeEach(async () => {
  before = await rowCounts(sql);
});
afterEach(async () => expect(await rowCounts(sql)).toEqual(before));

type Naming = Extract<RequestType, "entries.after" | "entries.before" | "conversation.read" | "message.send">;
const namings: { [Type in Naming]: (conversationId: string) => RequestInput<Type> } = {
  "entries.after": (conversationId) => ({ conversationId, after: 0 }),
  "entries.before": (conversationId) => ({ conversationId, before: 10 }),
  "conversation.read": (conversationId) => ({ conversationId, seq: 1 }),
  "message.send": (conversationId) => ({ conversationId, clientId: newClientId(), text: "Hi" }),
};

const everyRequest = Object.keys(namings) as Naming[];
const outsiders = [
  "another visitor",
  "a visitor of another organisation",
  "an agent of another organisation",
  "an admin of another organisation",
];

function ask(person: Person | undefined, type: Naming, conversationId: string): Promise<unknown> {
  if (!person) throw new Error("Nobody is there.");
  return person.request(type, namings[type](conversationId));
}

describe.each(outsiders)("%s", (name) => {
  test.each(everyRequest)(
    "C4, H2: gets the same answer to %s for a chat that exists and one that does not",
    async (type) => {
      const invented = await failureOf(ask(strangers[name], type, newClientId()));
      expect(invented.code).toBe("conversation_unknown");
      for (const conversationId of Object.values(chats)) {
        expect(await failureOf(ask(strangers[name], type, conversationId))).toEqual(invented);
      }
    },
  );

  test("C3, C8, H2: can neither claim, close nor reopen", async () => {
    const code = name.includes("visitor") ? "forbidden" : "conversation_unknown";
    for (const conversationId of [...Object.values(chats), newClientId()]) {
      for (const type of ["conversation.claim", "conversation.close", "conversation.reopen"] as const) {
        const asked = strangers[name]?.request(type, { conversationId });
        await expectFailure(asked ?? Promise.resolve(), code);
      }
    }
  });
});

describe("another agent of the team", () => {
  test.each(everyRequest)(
    "C4: learns nothing by %s of a chat that a colleague serves or served",
    async (type) => {
      for (const conversationId of [chats.claimed, chats.closed]) {
        await expectFailure(ask(strangers["another agent"], type, conversationId), "conversation_unknown");
      }
    },
  );

  test("C3: reads a waiting chat, but cannot write into it before the claim", async () => {
    const colleague = strangers["another agent"];
    expect(await ask(colleague, "entries.after", chats.waiting)).toMatchObject({ head: 1 });
    await expectFailure(ask(colleague, "message.send", chats.waiting), "conversation_not_claimed");
  });
});

describe("a conversation id that is none", () => {
  test.each([undefined, null, 7, "", "1", "../1", `${newClientId()} `, { id: 1 }, [newClientId()]])(
    "C4: %s is refused",
    async (conversationId) => {
      for (const type of everyRequest) {
        await expectFailure(ask(visitor, type, conversationId as string), "request_invalid");
      }
      const input = { conversationId: conversationId as string };
      await expectFailure(agent.request("conversation.claim", input), "request_invalid");
      await expectFailure(agent.request("conversation.close", input), "request_invalid");
    },
  );
});

describe("what has been decided already", () => {
  test("C3: a claim of a claimed chat, also one's own, and of a closed one", async () => {
    const claim = (person: Person | undefined, conversationId: string) =>
      person?.request("conversation.claim", { conversationId }) ?? Promise.resolve();
    await expectFailure(claim(strangers["another agent"], chats.claimed), "conversation_claimed");
    await expectFailure(claim(agent, chats.claimed), "conversation_claimed");
    await expectFailure(claim(agent, chats.closed), "conversation_closed");
  });

  test("C8: a close of a closed chat, and of one that nobody claimed", async () => {
    const close = (conversationId: string) => agent.request("conversation.close", { conversationId });
    await expectFailure(close(chats.closed), "conversation_closed");
    await expectFailure(close(chats.waiting), "conversation_not_claimed");
  });

  test("C8: a message into a closed chat", async () => {
    await expectFailure(ask(agent, "message.send", chats.closed), "conversation_closed");
  });
});
