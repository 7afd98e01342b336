import type { CustomerEntry } from "@grata/contract/entries";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../../testing/checks/eventually.ts";
import { type Chat, makeWaitingChat } from "../../testing/scenes/chats.ts";
import { type Live, type LiveAgent, liveAgent, liveVisitor } from "../../testing/scenes/live.ts";
import { makeUser, makeVisitor, newClientId } from "../../testing/scenes/people.ts";
import { agentMessage, customerMessage, openWriter } from "../../testing/scenes/writers.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../testing/servers/test-node.ts";
import { findSession } from "../domains/accounts/session.ts";
import { claim } from "../domains/conversations/claim.ts";
import { close } from "../domains/conversations/close.ts";
import type { User } from "../foundation/access/principal.ts";

/**
 * The other node's Redis is broken: what it writes, claims and closes is committed and told to nobody. Everybody here
 * has it within five seconds all the same, on the connection that they have.
 */
const promised = 5_000;

let node: TestNode;
let place: Awaited<ReturnType<typeof makeOrganisation>>;
let mute: ReturnType<typeof openWriter>;
let agent: LiveAgent;
let user: User;
let visitor: Live<CustomerEntry>;
let chat: Chat;

beforeAll(async () => {
  node = await startTestNode();
  mute = openWriter(node);
});
afterAll(async () => {
  await mute.close();
  await node.stop();
});
beforeEach(async () => {
  place = await makeOrganisation(node);
  const { cookie } = await makeUser(node, place.organisationId);
  agent = await liveAgent(node.url, cookie);
  const session = await findSession(node.services.storage, cookie.slice("grata=".length));
  if (!session) throw new Error("There is no session.");
  user = session.principal;
  const { token, customerId } = await makeVisitor(node, place.channelId);
  visitor = await liveVisitor(node.url, place.channelId, token);
  const input = { clientId: newClientId(), text: "Hello" };
  const { conversation } = await visitor.connection.request("conversation.open", input);
  const { organisationId, channelId } = place;
  chat = {
    id: conversation.id,
    visitor: { kind: "visitor", organisationId, channelId, customerId, testerId: null },
  };
});
afterEach(() => {
  // All of it was repaired on the first connection.
  for (const person of [agent, visitor]) {
    expect(person.news.filter(({ type }) => type === "welcome")).toHaveLength(1);
    person.close();
  }
});

const texts = (log: { snapshot(): { entries: readonly { occurrence: object }[] } }) =>
  log.snapshot().entries.flatMap(({ occurrence }) => ("text" in occurrence ? [occurrence.text] : []));

describe("news that are lost on the way", () => {
  test("D1, H1: the customer has the agent's message within 5 s", async () => {
    await agent.connection.request("conversation.claim", { conversationId: chat.id });
    const log = visitor.follow(chat.id);
    await eventually(() => expect(log.snapshot().entries).toHaveLength(2));
    for (const text of ["one", "two"]) {
      await mute.append(agentMessage(chat, user, text));
      await eventually(() => expect(texts(log).at(-1)).toBe(text), promised);
    }
  });

  test("C4, H1: the agent has the customer's message within 5 s", async () => {
    await agent.connection.request("conversation.claim", { conversationId: chat.id });
    const log = agent.follow(chat.id);
    await eventually(() => expect(log.snapshot().entries).toHaveLength(2));
    await mute.append(customerMessage(chat, "Anybody?"));
    await eventually(() => expect(texts(log).at(-1)).toBe("Anybody?"), promised);
  });

  test("C8, H1: the customer knows within 5 s that the chat was claimed, and that it was closed", async () => {
    const log = visitor.follow(chat.id);
    const kinds = () => log.snapshot().entries.map(({ occurrence }) => occurrence.kind);
    await claim(
      node.services.storage,
      user,
      { conversationId: chat.id },
      node.services.channels.capabilitiesOf,
    );
    await eventually(() => expect(kinds()).toEqual(["message", "claimed"]), promised);
    await close(node.services.storage, user, { conversationId: chat.id });
    await eventually(() => expect(kinds()).toEqual(["message", "claimed", "closed"]), promised);
  });

  test("C3, H1: the wait list has a new chat, its last words, and its claim by another agent within 5 s", async () => {
    const shown = () => agent.waiting.snapshot().items.map(({ id, last }) => [id, last.text]);
    await eventually(() => expect(shown()).toEqual([[chat.id, "Hello"]]));
    const another = await makeWaitingChat(node, place);
    await eventually(
      () =>
        expect(shown()).toEqual([
          [chat.id, "Hello"],
          [another.id, "Hello"],
        ]),
      promised,
    );
    await mute.append(customerMessage(another, "Anybody?"));
    await eventually(
      () =>
        expect(shown()).toEqual([
          [chat.id, "Hello"],
          [another.id, "Anybody?"],
        ]),
      promised,
    );
    await claim(
      node.services.storage,
      { ...user, ...(await colleague()) },
      { conversationId: another.id },
      node.services.channels.capabilitiesOf,
    );
    await eventually(() => expect(shown()).toEqual([[chat.id, "Hello"]]), promised);
  });

  test("C4, C8, H1: the agent's current chats have a claim of theirs in another tab, and its close, within 5 s", async () => {
    const shown = () => agent.current.snapshot().items.map(({ id }) => id);
    await claim(
      node.services.storage,
      user,
      { conversationId: chat.id },
      node.services.channels.capabilitiesOf,
    );
    await eventually(() => expect(shown()).toEqual([chat.id]), promised);
    await close(node.services.storage, user, { conversationId: chat.id });
    await eventually(() => expect(shown()).toEqual([]), promised);
  });
});

describe("what a beat tells", () => {
  test("C4, H2: a customer hears of their own chats only, and an agent of those they serve", async () => {
    const other = await makeWaitingChat(node, place);
    const foreign = await makeWaitingChat(node, await makeOrganisation(node, "Elsewhere"));
    await agent.connection.request("conversation.claim", { conversationId: chat.id });
    for (const each of [other, foreign, chat]) await mute.append(customerMessage(each));
    const heads = (person: Live<unknown>) =>
      person.news.flatMap((news) => (news.type === "heads" ? news.heads : []));
    const newest = { conversationId: chat.id, head: 3 };
    await eventually(() => {
      for (const person of [agent, visitor]) expect(heads(person)).toContainEqual(newest);
    });
    for (const person of [agent, visitor]) {
      expect(new Set(heads(person).map(({ conversationId }) => conversationId))).toEqual(new Set([chat.id]));
    }
    expect(visitor.news.map(({ type }) => type)).not.toContain("versions");
  });
});

async function colleague(): Promise<{ userId: string }> {
  const { userId } = await makeUser(node, place.organisationId);
  return { userId };
}
