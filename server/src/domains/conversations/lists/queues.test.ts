import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../../testing/checks/eventually.ts";
import { type Chat, makeWaitingChat } from "../../../../testing/scenes/chats.ts";
import { leaveGroup, makeGroup, putInQueue } from "../../../../testing/scenes/groups.ts";
import {
  connectUser,
  connectVisitor,
  makeUser,
  newClientId,
  refusal,
  type TestAgent,
} from "../../../../testing/scenes/people.ts";
import { customerMessage, openWriter } from "../../../../testing/scenes/writers.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";

/** A chat that waits for a user group, and everybody who might see it. */
let node: TestNode;
let place: Awaited<ReturnType<typeof makeOrganisation>>;
let member: TestAgent;
let outsider: TestAgent;
let admin: TestAgent;
let groupId: string;
let chat: Chat;

beforeAll(async () => {
  node = await startTestNode();
});
afterAll(async () => {
  await node.stop();
});
beforeEach(async () => {
  place = await makeOrganisation(node);
  const { organisationId } = place;
  const users = [await makeUser(node, organisationId), await makeUser(node, organisationId)] as const;
  const boss = await makeUser(node, organisationId, { role: "admin" });
  groupId = await makeGroup(node, organisationId, [users[0].userId]);
  const connected = async (user: (typeof users)[number]) =>
    Object.assign(await connectUser(node, user.cookie), user);
  member = await connected(users[0]);
  outsider = await connected(users[1]);
  admin = await connected(boss);
  chat = await makeWaitingChat(node, place);
  await putInQueue(node, organisationId, { id: chat.id, queueId: groupId });
  return () => {
    for (const person of [member, outsider, admin]) person.close();
  };
});

const waitsFor = async (person: TestAgent, queue?: string) => {
  const { conversations } = await person.request("waiting.list", queue === undefined ? {} : { queue });
  return conversations.map(({ id }) => id);
};
const ask = async (person: TestAgent, path: string) => {
  const answer = await fetch(`${node.url}${path}`, { headers: { cookie: person.cookie } });
  return { status: answer.status, text: await answer.text() };
};
const isTold = (person: TestAgent, text: string) => JSON.stringify(person.news).includes(text);

test("E2: a chat waits in the list of its group, and only its members and admins are given that list", async () => {
  expect((await member.request("waiting.list", {})).queues).toEqual([groupId, member.userId]);
  expect((await outsider.request("waiting.list", {})).queues).toEqual([outsider.userId]);
  expect((await admin.request("waiting.list", {})).queues).toEqual([groupId, admin.userId]);
  for (const person of [member, admin]) expect(await waitsFor(person, groupId)).toEqual([chat.id]);
  for (const person of [member, admin, outsider]) expect(await waitsFor(person)).toEqual([]);
  expect(await refusal(outsider.request("waiting.list", { queue: groupId }))).toBe("forbidden");
  expect(await refusal(outsider.request("waiting.list", { queue: member.userId }))).toBe("forbidden");
});

test("E2, H2: an agent outside the group finds, reads and claims nothing of it", async () => {
  const conversationId = chat.id;
  const requests: [Parameters<TestAgent["request"]>[0], object][] = [
    ["conversation.claim", { conversationId }],
    ["conversation.close", { conversationId }],
    ["conversation.release", { conversationId }],
    ["conversation.read", { conversationId, seq: 1 }],
    ["entries.after", { conversationId, after: 0 }],
    ["entries.before", { conversationId, before: 2 }],
    ["message.send", { conversationId, clientId: newClientId(), text: "Hi" }],
  ];
  for (const [type, input] of requests) {
    expect([type, await refusal(outsider.request(type, input as never))]).toEqual([
      type,
      "conversation_unknown",
    ]);
  }
  expect(await refusal(outsider.request("conversation.claimNext", { order: "longest" }))).toBe(
    "wait_list_empty",
  );
  const { customerId } = chat.visitor;
  for (const path of [`/api/customers/${customerId}`, `/api/history/conversations/${conversationId}`]) {
    expect([path, (await ask(outsider, path)).status]).toEqual([path, 404]);
    expect([path, (await ask(member, path)).status]).toEqual([path, 200]);
  }
  for (const path of ["/api/history/conversations", `/api/history/conversations?customerId=${customerId}`]) {
    expect([path, (await ask(outsider, path)).text.includes(conversationId)]).toEqual([path, false]);
    expect([path, (await ask(member, path)).text.includes(conversationId)]).toEqual([path, true]);
  }
});

test("E2: next chat takes what waits longest of all queues that an agent sees", async () => {
  const later = await makeWaitingChat(node, place);
  expect((await outsider.request("conversation.claimNext", { order: "longest" })).conversation.id).toBe(
    later.id,
  );
  const latest = await makeWaitingChat(node, place);
  const next = () => member.request("conversation.claimNext", { order: "longest" });
  expect((await next()).conversation.id).toBe(chat.id);
  expect((await next()).conversation.id).toBe(latest.id);
  expect(await refusal(next())).toBe("wait_list_empty");
});

test("E2, C3: steps and entries of a group's chats are told to its queue only", async () => {
  const writer = openWriter(node);
  onTestFinished(() => writer.close());
  const customer = await connectVisitor(node, place.channelId);
  onTestFinished(() => customer.close());
  await member.request("conversation.claim", { conversationId: chat.id });
  await eventually(() =>
    expect(admin.news).toContainEqual(
      expect.objectContaining({ type: "waiting.changed", queue: groupId, removed: [chat.id] }),
    ),
  );
  await member.request("conversation.release", { conversationId: chat.id });
  await eventually(() =>
    expect(admin.news).toContainEqual(
      expect.objectContaining({
        type: "waiting.changed",
        queue: groupId,
        changed: [expect.objectContaining({ id: chat.id })],
      }),
    ),
  );
  expect(isTold(outsider, chat.id)).toBe(false);
});

test("E2, C4, H1: a message into a group's waiting chat reaches its queue, also when the event is lost", async () => {
  // This writer's changes are published by nobody.
  const mute = openWriter(node);
  onTestFinished(() => mute.close());
  await mute.append(customerMessage(chat, "Is anybody of returns there?"));
  for (const person of [member, admin])
    await eventually(() => expect(isTold(person, "of returns")).toBe(true), 9_000);
  expect(isTold(outsider, "of returns")).toBe(false);
});

test("E2, H2: a user who leaves a group hears nothing more of its queue on an open socket", async () => {
  await leaveGroup(node, place.organisationId, { groupId, userId: member.userId });
  await eventually(
    async () => expect((await member.request("waiting.list", {})).queues).toEqual([member.userId]),
    12_000,
  );
  expect(await refusal(member.request("conversation.claim", { conversationId: chat.id }))).toBe(
    "conversation_unknown",
  );
  await admin.request("conversation.claim", { conversationId: chat.id });
  await eventually(() => expect(isTold(admin, chat.id)).toBe(true));
  expect(isTold(member, chat.id)).toBe(false);
});
