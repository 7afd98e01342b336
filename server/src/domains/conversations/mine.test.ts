import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { connectAgent, connectVisitor, newClientId } from "../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;

beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

test("E4: the window knows whether somebody of the team is there, and only of this team", async () => {
  const place = await makeOrganisation(node);
  const elsewhere = await makeOrganisation(node, "Elsewhere");
  const visitor = await connectVisitor(node, place.channelId);
  const staffed = async () => (await visitor.request("conversation.mine", {})).staffed;
  const other = await connectAgent(node, elsewhere.organisationId);
  expect(await staffed()).toBe(false);
  const agent = await connectAgent(node, place.organisationId);
  await eventually(async () => expect(await staffed()).toBe(true));
  agent.close();
  await eventually(async () => expect(await staffed()).toBe(false));
  for (const person of [visitor, other]) person.close();
});

test("D1: a message left while nobody is there brings the address to the agent", async () => {
  const place = await makeOrganisation(node);
  const visitor = await connectVisitor(node, place.channelId);
  expect((await visitor.request("conversation.mine", {})).reachable).toBe(false);
  const contact = { name: "<b>Mei</b>", email: "Mei@Example.test" };
  await visitor.request("conversation.open", { clientId: newClientId(), text: "Open on Sunday?", contact });
  expect((await visitor.request("conversation.mine", {})).reachable).toBe(true);
  const agent = await connectAgent(node, place.organisationId);
  const { conversations } = await agent.request("waiting.list", {});
  expect(conversations[0]?.customer).toMatchObject({
    name: "<b>Mei</b>",
    email: "mei@example.test",
    identified: false,
  });
  for (const person of [visitor, agent]) person.close();
});

test("D1: closed chats of the visitor come before the current one, oldest first", async () => {
  const place = await makeOrganisation(node);
  const visitor = await connectVisitor(node, place.channelId);
  const agent = await connectAgent(node, place.organisationId);
  const ids: string[] = [];
  for (let index = 0; index < 22; index++) {
    const opened = await visitor.request("conversation.open", { clientId: newClientId(), text: "Hello" });
    const conversationId = opened.conversation.id;
    ids.push(conversationId);
    await agent.request("conversation.claim", { conversationId });
    await agent.request("conversation.close", { conversationId });
  }
  const mine = await visitor.request("conversation.mine", {});
  expect(mine.conversation?.id).toBe(ids.at(-1));
  expect(mine.earlier.map(({ id }) => id)).toEqual(ids.slice(1, -1));
  for (const person of [visitor, agent]) person.close();
});
