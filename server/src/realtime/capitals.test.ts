import { afterAll, beforeAll, expect, test } from "vitest";
import { connectAgent, connectVisitor, newClientId } from "../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../testing/servers/test-node.ts";

/** Some programs write their ids in capitals, as Swift's `UUID().uuidString` does. */
let node: TestNode;
let place: Awaited<ReturnType<typeof makeOrganisation>>;

beforeAll(async () => {
  node = await startTestNode();
  place = await makeOrganisation(node);
});
afterAll(() => node.stop());

test("C4: a message whose ids are in capitals is the same message", async () => {
  const visitor = await connectVisitor(node, place.channelId.toUpperCase());
  const clientId = newClientId();
  const opened = await visitor.request("conversation.open", { clientId, text: "Hello" });
  const again = await visitor.request("conversation.open", {
    clientId: clientId.toUpperCase(),
    text: "Hello",
  });
  expect(again.entry).toEqual(opened.entry);
  const conversationId = opened.conversation.id;
  const message = { conversationId, clientId: newClientId(), text: "Once" };
  const capitals = {
    ...message,
    conversationId: conversationId.toUpperCase(),
    clientId: message.clientId.toUpperCase(),
  };
  const [first, twin] = await Promise.all(
    [message, capitals].map((same) => visitor.request("message.send", same)),
  );
  expect(twin).toEqual(first);
  expect(await visitor.request("message.send", capitals)).toEqual(first);
  const { entries } = await visitor.request("entries.after", { conversationId, after: 0 });
  expect(entries.map((entry) => entry.clientId)).toEqual([clientId, message.clientId]);
  visitor.close();
});

test("C4, D4: a path and a body take ids in capitals", async () => {
  const agent = await connectAgent(node, place.organisationId, "admin");
  const visitor = await connectVisitor(node, place.channelId);
  await visitor.request("conversation.open", { clientId: newClientId(), text: "Hello" });
  const read = async (customerId: string) => {
    const response = await fetch(`${node.url}/api/customers/${customerId}`, {
      headers: { cookie: agent.cookie },
    });
    return { status: response.status, body: await response.json() };
  };
  const lower = await read(visitor.customerId);
  expect(lower.status).toBe(200);
  expect(await read(visitor.customerId.toUpperCase())).toEqual(lower);
  visitor.close();
  agent.close();
});
