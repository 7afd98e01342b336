import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { refusalOf } from "../../../testing/checks/refusals.ts";
import { makeAgent, makeClaimedChat } from "../../../testing/scenes/chats.ts";
import { agentMessage, customerMessage, openWriter } from "../../../testing/scenes/writers.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
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
