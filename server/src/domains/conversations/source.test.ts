import { afterAll, beforeAll, expect, test } from "vitest";
import { failureOf } from "../../../testing/checks/refusals.ts";
import { connectAgent, connectVisitor, newClientId } from "../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
let place: Awaited<ReturnType<typeof makeOrganisation>>;

beforeAll(async () => {
  node = await startTestNode();
  place = await makeOrganisation(node);
});
afterAll(() => node.stop());

test("D1: agents see on which page a chat began, without what the address hides", async () => {
  const visitor = await connectVisitor(node, place.channelId);
  const agent = await connectAgent(node, place.organisationId);
  const title = "<img src=x onerror=alert(1)> Tea \u202e";
  await visitor.request("conversation.open", {
    clientId: newClientId(),
    text: "Hello",
    page: { url: "https://me:pass@shop.example/tea?kind=oolong#token=1", title },
    referrer: "https://me:pass@search.example/?q=tea#token=2",
  });
  const source = {
    page: { url: "https://shop.example/tea?kind=oolong", title },
    referrer: "https://search.example/?q=tea",
  };
  const { conversations } = await agent.request("waiting.list", {});
  expect(conversations.map((line) => line.source)).toEqual([source]);
  const { conversation } = await agent.request("conversation.claimNext", { order: "longest" });
  expect(conversation.source).toEqual(source);
  for (const person of [visitor, agent]) person.close();
});

test.each([
  "javascript:alert(1)",
  "data:text/html,x",
  "file:///etc/passwd",
  "shop",
  "",
  `https://shop.example/${"x".repeat(2_000)}`,
])("D1: %s is no page that a chat begins on", async (url) => {
  const visitor = await connectVisitor(node, place.channelId);
  const input = { clientId: newClientId(), text: "Hello" };
  const refused = await failureOf(
    visitor.request("conversation.open", { ...input, page: { url, title: "" } }),
  );
  expect(refused.code).toBe("request_invalid");
  const also = await failureOf(visitor.request("conversation.open", { ...input, referrer: url }));
  expect(also.code).toBe("request_invalid");
  visitor.close();
});
