import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { refusalOf } from "../../../testing/checks/refusals.ts";
import { makeAgent, makeClaimedChat } from "../../../testing/scenes/chats.ts";
import { liveAgent } from "../../../testing/scenes/live.ts";
import { makeUser, newClientId } from "../../../testing/scenes/people.ts";
import { agentMessage, customerMessage, openWriter } from "../../../testing/scenes/writers.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { open } from "../../channels/webchat/open.ts";
import { close } from "./close.ts";

let node: TestNode;

beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

/** A chat of two entries that an agent serves. */
async function start() {
  const place = await makeOrganisation(node);
  const agent = await makeAgent(node, place);
  const chat = await makeClaimedChat(node, place, agent);
  const writer = openWriter(node);
  onTestFinished(() => writer.close());
  const closeHavingSeen = (seen?: number) =>
    close(node.services.storage, agent, { conversationId: chat.id, ...(seen !== undefined && { seen }) });
  return { agent, chat, writer, closeHavingSeen };
}

test("C8: a chat stays open while the customer's last words are not before its agent", async () => {
  const { chat, writer, closeHavingSeen } = await start();
  const { seq } = await writer.append(customerMessage(chat, "One more thing"));
  expect(await refusalOf(closeHavingSeen(seq - 1))).toBe("customer_wrote_meanwhile");
  expect(await closeHavingSeen(seq)).not.toEqual([]);
});

test("C8: words of the agent, and a console of an older release, keep no chat open", async () => {
  const one = await start();
  await one.writer.append(agentMessage(one.chat, one.agent, "Anything else?"));
  expect(await one.closeHavingSeen(2)).not.toEqual([]);
  const other = await start();
  await other.writer.append(customerMessage(other.chat, "One more thing"));
  expect(await other.closeHavingSeen()).not.toEqual([]);
});

test("C3, C8: words a customer writes around the close keep the chat open or wait in a new one", async () => {
  const { storage } = node.services;
  const place = await makeOrganisation(node);
  const agent = await makeAgent(node, place);
  const colleague = await liveAgent(node.url, (await makeUser(node, place.organisationId)).cookie);
  const writer = openWriter(node);
  onTestFinished(async () => {
    colleague.close();
    await writer.close();
  });
  const waiting: string[] = [];
  for (let round = 0; round < 20; round++) {
    const { id: conversationId, visitor } = await makeClaimedChat(node, place, agent);
    const message = { clientId: newClientId(), text: "One more thing", connectionId: null };
    const [written, closing] = await Promise.allSettled([
      open(storage, writer, visitor, message, async () => undefined),
      close(storage, agent, { conversationId, seen: 2 }),
    ]);
    if (written.status === "rejected") throw written.reason;
    const { id } = written.value.conversation;
    expect(id === conversationId).toBe(closing.status === "rejected");
    if (closing.status === "rejected") expect(closing.reason.message).toBe("customer_wrote_meanwhile");
    else waiting.push(id);
  }
  await eventually(() => expect(colleague.waiting.snapshot().items.map(({ id }) => id)).toEqual(waiting));
});
