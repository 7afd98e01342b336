import type { News } from "@grata/contract/realtime";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../../testing/checks/eventually.ts";
import {
  connectAgent,
  connectUser,
  connectVisitor,
  connectVisitorAgain,
  newClientId,
  type Person,
  type TestAgent,
  type TestVisitor,
} from "../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../testing/servers/test-node.ts";
import { findSession } from "../domains/accounts/session.ts";

/** Who is told what, and who is not, in the moment in which it happens. */
let node: TestNode;
let agent: TestAgent;
let agentsOtherTab: Person;
let visitor: TestVisitor;
let visitorsOtherTab: Person;
let outsiders: Record<"colleague" | "otherVisitor" | "foreignAgent" | "foreignVisitor", Person>;
let conversationId: string;

beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());
beforeEach(async () => {
  const { organisationId, channelId } = await makeOrganisation(node);
  const elsewhere = await makeOrganisation(node, "Elsewhere");
  agent = await connectAgent(node, organisationId);
  agentsOtherTab = await connectUser(node, agent.cookie);
  visitor = await connectVisitor(node, channelId);
  visitorsOtherTab = await connectVisitorAgain(node, channelId, visitor.token);
  outsiders = {
    colleague: await connectAgent(node, organisationId),
    otherVisitor: await connectVisitor(node, channelId),
    foreignAgent: await connectAgent(node, elsewhere.organisationId),
    foreignVisitor: await connectVisitor(node, elsewhere.channelId),
  };
  const opened = await visitor.request("conversation.open", { clientId: newClientId(), text: "Hello" });
  conversationId = opened.conversation.id;
});
afterEach(() => {
  for (const person of [agent, agentsOtherTab, visitor, visitorsOtherTab, ...Object.values(outsiders)]) {
    person.close();
  }
});

const claim = () => agent.request("conversation.claim", { conversationId });
const send = (person: Person, text: string) =>
  person.request("message.send", { conversationId, clientId: newClientId(), text });
const told = (person: Person, news: object) =>
  eventually(() => expect(person.news).toContainEqual(expect.objectContaining(news)));
const message = (text: string) => ({
  type: "entries",
  conversationId,
  entries: [expect.objectContaining({ occurrence: { kind: "message", text } })],
});
const textsOf = (person: Person) =>
  person.news.flatMap((news) =>
    news.type === "entries"
      ? news.entries.map(({ occurrence }) =>
          occurrence.kind === "message" ? occurrence.text : occurrence.kind,
        )
      : [],
  );

describe("a message", () => {
  test("C4, D1: is told to the other side and to the writer's other tabs, and not to the tab that has its answer", async () => {
    await claim();
    await send(agent, "from the agent");
    await send(visitor, "from the customer");
    for (const person of [visitorsOtherTab, agentsOtherTab]) {
      await told(person, message("from the agent"));
      await told(person, message("from the customer"));
    }
    await told(agent, message("from the customer"));
    await told(visitor, message("from the agent"));
    expect(textsOf(agent)).not.toContain("from the agent");
    expect(textsOf(visitor)).not.toContain("from the customer");
  });

  test("C4: for the team only is told to the agent, and to the customer as a hidden place", async () => {
    await claim();
    const session = await findSession(node.services.storage, agent.cookie.slice("grata=".length));
    if (!session) throw new Error("There is no session.");
    await node.services.writer.append({
      organisationId: session.principal.organisationId,
      conversationId,
      clientId: newClientId(),
      author: { kind: "user", userId: agent.userId, name: "Agent" },
      audience: "team",
      occurrence: { kind: "message", text: "A secret" },
      principal: session.principal,
      connectionId: null,
    });
    await told(agent, message("A secret"));
    await told(visitor, {
      type: "entries",
      entries: [expect.objectContaining({ occurrence: { kind: "hidden" } })],
    });
    expect(JSON.stringify(visitor.news)).not.toContain("A secret");
  });

  test("C4: is answered with the entry as it is stored, in the form for its writer", async () => {
    await claim();
    const occurrence = { kind: "message", text: "once" } as const;
    const ofAgent = await send(agent, "once");
    expect(ofAgent).toMatchObject({ seq: ofAgent.entry?.seq, at: ofAgent.entry?.at });
    expect(ofAgent.entry).toMatchObject({ occurrence, author: { userId: agent.userId }, delivery: "none" });
    const ofVisitor = await send(visitor, "once");
    expect(ofVisitor.entry).toMatchObject({ occurrence, author: { kind: "customer", name: null } });
    expect(ofVisitor.entry).not.toHaveProperty("audience");
    const log = await agent.request("entries.after", { conversationId, after: 0 });
    expect(log.entries).toContainEqual(ofAgent.entry);
  });

  test("C4: into a waiting chat is told to whoever sees its queue, and is no step of the list", async () => {
    const steps = agent.news.filter(({ type }) => type === "waiting.changed").length;
    await send(visitor, "Anybody?");
    for (const person of [agent, outsiders.colleague]) await told(person, message("Anybody?"));
    expect(agent.news.filter(({ type }) => type === "waiting.changed")).toHaveLength(steps);
    expect(textsOf(outsiders.foreignAgent)).toEqual([]);
  });
});

describe("what an agent has read", () => {
  const read = (person: Person, seq: number) => person.request("conversation.read", { conversationId, seq });
  const readNews = (person: Person) => person.news.filter(({ type }) => type === "read");

  test("C4: is told once to their other tabs, no further than the log goes, and to nobody else", async () => {
    await claim();
    await send(visitor, "from the customer");
    await read(agent, 9_999);
    await told(agentsOtherTab, { type: "read", conversationId, seq: 3 });
    // Neither the same again nor less than before is news.
    await read(agent, 3);
    await read(agent, 1);
    await read(visitor, 3);
    await send(visitor, "one more");
    await read(agent, 4);
    await told(agentsOtherTab, { type: "read", conversationId, seq: 4 });
    expect(readNews(agentsOtherTab).map((news) => "seq" in news && news.seq)).toEqual([3, 4]);
    for (const person of [agent, visitor, visitorsOtherTab, ...Object.values(outsiders)]) {
      expect(readNews(person)).toEqual([]);
    }
  });

  test("C4: still counts in the list that a new tab asks for", async () => {
    await claim();
    await read(agent, 2);
    const { conversations } = await agentsOtherTab.request("current.list", {});
    expect(conversations).toMatchObject([{ id: conversationId, read: 2, unread: 0 }]);
  });
});

describe("a claim and a close", () => {
  test("C3, C4, C8: are steps of this agent's current chats, in all their tabs, and of the wait list of all", async () => {
    await claim();
    for (const person of [agent, agentsOtherTab]) {
      await told(person, {
        type: "current.changed",
        changed: [expect.objectContaining({ id: conversationId })],
      });
    }
    await told(outsiders.colleague, { type: "waiting.changed", removed: [conversationId], total: 0 });
    await agent.request("conversation.close", { conversationId });
    for (const person of [agent, agentsOtherTab]) {
      await told(person, { type: "current.changed", removed: [conversationId] });
    }
    for (const person of [visitor, visitorsOtherTab]) {
      const closed = expect.objectContaining({ occurrence: { kind: "closed" } });
      await told(person, { type: "entries", conversationId, entries: [closed] });
    }
  });
});

describe("everybody else", () => {
  test("C4, H2: hears nothing of the chat but its place in the wait list, and other organisations not even that", async () => {
    await claim();
    await send(visitor, "from the customer");
    await send(agent, "from the agent");
    await agent.request("conversation.close", { conversationId });
    // The end of each one's own line: what was told before it has arrived.
    const mentions = (person: Person) =>
      person.news
        .filter((news) => JSON.stringify(news).includes(conversationId))
        .map(({ type }: News) => type);
    await told(outsiders.colleague, { type: "waiting.changed", removed: [conversationId] });
    await Promise.all([
      outsiders.foreignAgent.request("waiting.list", {}),
      outsiders.otherVisitor.request("conversation.mine", {}),
      outsiders.foreignVisitor.request("conversation.mine", {}),
    ]);
    expect(new Set(mentions(outsiders.colleague))).toEqual(new Set(["waiting.changed"]));
    expect(mentions(outsiders.otherVisitor)).toEqual([]);
    expect(mentions(outsiders.foreignAgent)).toEqual([]);
    expect(mentions(outsiders.foreignVisitor)).toEqual([]);
  });
});
