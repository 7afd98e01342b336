import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import {
  connectAgent,
  connectVisitor,
  newClientId,
  type TestAgent,
  type TestVisitor,
} from "../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
const here = {} as { agent: TestAgent; visitor: TestVisitor; organisationId: string };
const elsewhere = {} as typeof here & { admin: TestAgent };

beforeAll(async () => {
  node = await startTestNode();
  for (const side of [here, elsewhere]) {
    const { organisationId, channelId } = await makeOrganisation(node);
    const agent = await connectAgent(node, organisationId);
    Object.assign(side, { organisationId, agent, visitor: await connectVisitor(node, channelId) });
  }
  elsewhere.admin = await connectAgent(node, elsewhere.organisationId, "admin");
});
afterAll(async () => {
  for (const person of [here.agent, here.visitor, elsewhere.agent, elsewhere.visitor, elsewhere.admin]) {
    person.close();
  }
  await node.stop();
});

/** Everything that happens to a chat, by its own people. */
async function wholeChat({ agent, visitor }: typeof here): Promise<string> {
  const asked = { clientId: newClientId(), text: "A secret of this house" };
  const { conversation } = await visitor.request("conversation.open", asked);
  const conversationId = conversation.id;
  await agent.request("conversation.claimNext", { order: "longest" });
  const answered = { conversationId, clientId: newClientId(), text: "An answer of this house" };
  await agent.request("message.send", answered);
  await agent.request("conversation.close", { conversationId });
  return conversationId;
}

test("H2: nobody hears of what happens in another organisation, nor finds it in a list", async () => {
  const conversationId = await wholeChat(here);
  const strangers = [elsewhere.agent, elsewhere.admin, elsewhere.visitor];
  const own = await wholeChat(elsewhere);
  // What they do hear of came after what they must not have heard.
  await eventually(() => {
    expect(JSON.stringify(elsewhere.visitor.news)).toContain(own);
    expect(JSON.stringify(elsewhere.agent.news)).toContain(own);
    expect(JSON.stringify(elsewhere.admin.news)).toContain(own);
  });
  expect(JSON.stringify(here.visitor.news)).toContain(conversationId);
  for (const stranger of strangers) {
    const heard = JSON.stringify(stranger.news);
    for (const secret of [conversationId, here.visitor.customerId, here.agent.userId]) {
      expect(heard).not.toContain(secret);
    }
  }
  expect((await elsewhere.admin.request("waiting.list", {})).total).toBe(0);
});
