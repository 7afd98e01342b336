import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { connectAgent, connectVisitor, newClientId, refusal } from "../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

let node: TestNode;
let organisation: Awaited<ReturnType<typeof makeOrganisation>>;

beforeAll(async () => {
  node = await startTestNode();
  organisation = await makeOrganisation(node);
});
afterAll(() => node.stop());

describe("the main path", () => {
  test("C3, C4, C8, D1: a customer writes, an agent claims, both write, the agent closes", async () => {
    const agent = await connectAgent(node, organisation.organisationId);
    const visitor = await connectVisitor(node, organisation.channelId);

    const { conversation } = await visitor.request("conversation.open", {
      clientId: newClientId(),
      text: "Hello 你好",
    });
    await eventually(() =>
      expect(agent.news.find((item) => item.type === "waiting.changed")).toMatchObject({
        changed: [{ id: conversation.id, first: { text: "Hello 你好" } }],
      }),
    );
    const claimed = await agent.request("conversation.claim", { conversationId: conversation.id });
    expect(claimed.conversation).toMatchObject({
      id: conversation.id,
      status: "claimed",
      head: 2,
      unread: 1,
    });

    const sent = await agent.request("message.send", {
      conversationId: conversation.id,
      clientId: newClientId(),
      text: "Hi",
    });
    expect(sent.seq).toBe(3);
    await eventually(() => expect(JSON.stringify(visitor.news)).toContain('"text":"Hi"'));
    await visitor.request("message.send", {
      conversationId: conversation.id,
      clientId: newClientId(),
      text: "Thanks",
    });
    await eventually(() => expect(JSON.stringify(agent.news)).toContain('"text":"Thanks"'));

    await agent.request("conversation.close", { conversationId: conversation.id });
    expect((await agent.request("current.list", {})).conversations).toEqual([]);
    const late = visitor.request("message.send", {
      conversationId: conversation.id,
      clientId: newClientId(),
      text: "One more",
    });
    expect(await refusal(late)).toBe("conversation_closed");
    const reopened = await visitor.request("conversation.open", {
      clientId: newClientId(),
      text: "One more",
    });
    expect(reopened.conversation.id).not.toBe(conversation.id);

    const log = await visitor.request("entries.after", { conversationId: conversation.id, after: 0 });
    expect(log.entries.map((entry) => [entry.seq, entry.occurrence.kind])).toEqual([
      [1, "message"],
      [2, "claimed"],
      [3, "message"],
      [4, "message"],
      [5, "closed"],
    ]);
    agent.close();
    visitor.close();
  });
});
