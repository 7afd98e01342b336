import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { connectAgent, connectVisitor, newClientId, type Person } from "../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { createTyping } from "./typing.ts";

let node: TestNode;
let place: Awaited<ReturnType<typeof makeOrganisation>>;

beforeAll(async () => {
  node = await startTestNode();
  place = await makeOrganisation(node);
});
afterAll(() => node.stop());

const heardBy = (person: Person) => person.news.filter(({ type }) => type === "typing");

async function claimedChat() {
  const visitor = await connectVisitor(node, place.channelId);
  const agent = await connectAgent(node, place.organisationId);
  const opened = await visitor.request("conversation.open", { clientId: newClientId(), text: "Hello" });
  const conversationId = opened.conversation.id;
  await agent.request("conversation.claim", { conversationId });
  return { visitor, agent, conversationId };
}

test("C11: each party hears that the other one writes, and nobody else does", async () => {
  const { visitor, agent, conversationId } = await claimedChat();
  const others = [
    await connectVisitor(node, place.channelId),
    await connectAgent(node, place.organisationId, "admin"),
  ];
  await visitor.request("conversation.typing", { conversationId, typing: true });
  await agent.request("conversation.typing", { conversationId, typing: true });
  await agent.request("conversation.typing", { conversationId, typing: false });
  await eventually(() => {
    expect(heardBy(agent)).toEqual([{ type: "typing", conversationId, by: "customer", typing: true }]);
    expect(heardBy(visitor)).toEqual([
      { type: "typing", conversationId, by: "user", typing: true },
      { type: "typing", conversationId, by: "user", typing: false },
    ]);
  });
  for (const other of others) expect(heardBy(other)).toEqual([]);
  for (const person of [visitor, agent, ...others]) person.close();
});

test("C11: key presses in a row ask the database once and are told once a second", async () => {
  const { visitor, agent, conversationId } = await claimedChat();
  let time = 1_000_000;
  let asked = 0;
  const { storage } = node.services;
  const counting: typeof storage = {
    ...storage,
    inOrganisation(organisationId, work) {
      asked++;
      return storage.inOrganisation(organisationId, work);
    },
  };
  const typing = createTyping(counting, () => time);
  const principal = { kind: "visitor", ...place, customerId: visitor.customerId, testerId: null } as const;
  const press = async (pressed: boolean) =>
    (await typing(principal, { conversationId, typing: pressed })).length;
  expect([await press(true), await press(true), await press(true)]).toEqual([1, 0, 0]);
  expect([await press(false), await press(false), await press(true), await press(false)]).toEqual([
    1, 0, 0, 0,
  ]);
  time += 1_000;
  expect(await press(true)).toBe(1);
  expect(asked).toBe(1);
  time += 3_000;
  await press(true);
  expect(asked).toBe(2);
  for (const person of [visitor, agent]) person.close();
});
