import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { connectAgent, connectVisitor, newClientId } from "../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;

beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

test("C4: a customer waits for a reply since the first message that nobody answered, until somebody does", async () => {
  const { organisationId, channelId } = await makeOrganisation(node);
  const agent = await connectAgent(node, organisationId);
  const visitor = await connectVisitor(node, channelId);
  onTestFinished(() => {
    agent.close();
    visitor.close();
  });
  const opening = { clientId: newClientId(), text: "Is anybody there?" };
  const { conversation, entry } = await visitor.request("conversation.open", opening);
  const conversationId = conversation.id;
  const say = (person: typeof agent | typeof visitor, text: string) =>
    person.request("message.send", { conversationId, clientId: newClientId(), text });
  const since = async () => (await agent.request("current.list", {})).conversations[0]?.unansweredSince;

  await say(visitor, "Hello?");
  await agent.request("conversation.claim", { conversationId });
  expect(await since()).toBe(entry.at);
  await say(visitor, "I am waiting");
  expect(await since()).toBe(entry.at);
  await say(agent, "Yes?");
  expect(await since()).toBeNull();
  const { at } = await say(visitor, "Do you have oolong?");
  await say(visitor, "And jasmine?");
  expect(await since()).toBe(at);
  await say(agent, "Both.");
  expect(await since()).toBeNull();
});
