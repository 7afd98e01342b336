import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { everythingIndexed } from "../../../testing/checks/history.ts";
import { makeGroup } from "../../../testing/scenes/groups.ts";
import {
  connectUser,
  connectVisitor,
  makeUser,
  newClientId,
  refusal,
} from "../../../testing/scenes/people.ts";
import { deedsOf, makeTeam, outcomeIn } from "../../../testing/scenes/team.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

/** A chat waits for a group. Its member is the control: each way works for them, so that a refusal means something. */

const secret = "Oolongberry";
let node: TestNode;
let chat: { id: string; customerId: string };
let member: Awaited<ReturnType<typeof join>>;
let outsider: Awaited<ReturnType<typeof join>>;

async function join(user: Awaited<ReturnType<typeof makeUser>>) {
  const agent = await connectUser(node, user.cookie);
  return { ...user, agent, ask: deedsOf(node, user.cookie).ask };
}

beforeAll(async () => {
  node = await startTestNode();
  const team = await makeTeam(node);
  const { organisationId } = team;
  const users = [await makeUser(node, organisationId), await makeUser(node, organisationId)] as const;
  const returns = await makeGroup(node, organisationId, [users[0].userId]);
  const rule = { id: crypto.randomUUID(), groupId: returns, when: { keywords: [secret] }, on: true };
  const routing = { version: 0, rules: [rule], overflowMinutes: null, groupsSeeEverybody: true };
  expect(outcomeIn(await team.ask("PUT", "/api/routing", routing))).toBe("yes");
  [member, outsider] = [await join(users[0]), await join(users[1])];
  const customer = await connectVisitor(node, team.channelId);
  const { conversation } = await customer.request("conversation.open", {
    clientId: newClientId(),
    text: `About ${secret}`,
  });
  chat = { id: conversation.id, customerId: customer.customerId };
  const name = { name: { was: null, value: secret } };
  expect(outcomeIn(await team.ask("PATCH", `/api/customers/${chat.customerId}`, name))).toBe("yes");
  await everythingIndexed(node);
  customer.close();
});
afterAll(async () => {
  for (const { agent } of [member, outsider]) agent.close();
  await node.stop();
});

describe("E2: an agent outside of a group cannot reach a chat that waits for it", () => {
  test.each([
    ["history, by its id", () => `/api/history/conversations/${chat.id}`, "conversation_unknown"],
    [
      "transcript as a page",
      () => `/api/conversations/${chat.id}/transcript?format=html`,
      "conversation_unknown",
    ],
    [
      "transcript as data",
      () => `/api/conversations/${chat.id}/transcript?format=json`,
      "conversation_unknown",
    ],
    ["customer panel", () => `/api/customers/${chat.customerId}`, "customer_unknown"],
    ["other chats in the panel", () => `/api/customers/${chat.customerId}/conversations`, "customer_unknown"],
  ])("E2: %s", async (_, path, code) => {
    expect(outcomeIn(await member.ask("GET", path()))).toBe("yes");
    expect(outcomeIn(await outsider.ask("GET", path()))).toBe(code);
  });

  test.each([
    ["message search", `/api/history/messages?text=${secret}`],
    ["customer search", `/api/customers?search=${secret}`],
    ["list of history", "/api/history/conversations"],
  ])("E2: %s", async (_, path) => {
    const found = async ({ ask }: typeof member) => (await ask("GET", path)).text;
    expect(await found(member)).toContain(chat.customerId);
    const seen = await found(outsider);
    expect(seen).not.toContain(secret);
    expect(seen).not.toContain(chat.customerId);
    expect(seen).not.toContain(chat.id);
  });

  test.each([
    ["a tag", "POST", "tags", { name: "VIP" }],
    ["a note", "POST", "notes", { id: crypto.randomUUID(), text: "Hello" }],
    ["a name", "PATCH", "", { name: { was: secret, value: "Mine" } }],
  ])("E2: %s for its customer", async (_, method, part, body) => {
    const path = `/api/customers/${chat.customerId}${part && `/${part}`}`;
    expect(outcomeIn(await outsider.ask(method, path, body))).toBe("customer_unknown");
  });

  test("E2: reading, marking as read, typing, noting and deliveries over the socket", async () => {
    const conversationId = chat.id;
    const ways = {
      after: (who: typeof member) => who.agent.request("entries.after", { conversationId, after: 0 }),
      before: (who: typeof member) => who.agent.request("entries.before", { conversationId, before: 9 }),
      read: (who: typeof member) => who.agent.request("conversation.read", { conversationId, seq: 1 }),
      deliveries: (who: typeof member) => who.agent.request("deliveries.after", { conversationId, after: 0 }),
      note: (who: typeof member) =>
        who.agent.request("note.add", {
          conversationId,
          clientId: newClientId(),
          text: secret,
          mentions: [],
        }),
    };
    for (const [name, ask] of Object.entries(ways)) {
      await ask(member);
      expect(await refusal(ask(outsider)), name).toBe("conversation_unknown");
    }
  });

  test("E2: claiming, answering, closing, reopening, handing back and handing on", async () => {
    const conversationId = chat.id;
    const { agent } = outsider;
    const to = { kind: "everybody" } as const;
    const ways = {
      claim: () => agent.request("conversation.claim", { conversationId }),
      send: () => agent.request("message.send", { conversationId, clientId: newClientId(), text: "Hello" }),
      typing: () => agent.request("conversation.typing", { conversationId, typing: true }),
      close: () => agent.request("conversation.close", { conversationId }),
      reopen: () => agent.request("conversation.reopen", { conversationId }),
      release: () => agent.request("conversation.release", { conversationId }),
      transfer: () => agent.request("conversation.transfer", { conversationId, to }),
      targets: () => agent.request("transfer.targets", { conversationId }),
    };
    for (const [name, ask] of Object.entries(ways))
      expect(await refusal(ask()), name).toBe("conversation_unknown");
    expect(await refusal(agent.request("conversation.claimNext", { order: "longest" }))).toBe(
      "wait_list_empty",
    );
  });

  test("E2: the socket's own news, which member and outsider have had since the chat began", () => {
    expect(JSON.stringify(member.agent.news)).toContain(secret);
    const heard = JSON.stringify(outsider.agent.news);
    expect(heard).not.toContain(secret);
    expect(heard).not.toContain(chat.id);
  });
});
