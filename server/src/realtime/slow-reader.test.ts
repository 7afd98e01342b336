import { channel } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { messageLimit } from "@grata/contract/text";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../testing/checks/eventually.ts";
import { type Live, liveAgent, liveVisitor } from "../../testing/scenes/live.ts";
import { makeUser, makeVisitor, newClientId } from "../../testing/scenes/people.ts";
import { startTcpProxy, type TcpProxy } from "../../testing/servers/tcp-proxy.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../testing/servers/test-node.ts";

/** Far more than the buffers of two systems and the megabyte that the server grants. */
const messageCount = 500;
const text = "好".repeat(messageLimit);

let node: TestNode;
let proxy: TcpProxy;
const accepted: Socket[] = [];
const note = (message: unknown) => accepted.push((message as { socket: Socket }).socket);

beforeAll(async () => {
  channel("net.server.socket").subscribe(note);
  node = await startTestNode();
  proxy = await startTcpProxy(Number(new URL(node.url).port));
});
afterAll(async () => {
  channel("net.server.socket").unsubscribe(note);
  await proxy.close();
  await node.stop();
});

async function openedBy(visitor: Live<unknown>): Promise<string> {
  const opened = await visitor.connection.request("conversation.open", {
    clientId: newClientId(),
    text: "Hello",
  });
  return opened.conversation.id;
}

describe("a client that does not read what it is sent", () => {
  test("D1, H1: is cut when more than a megabyte waits, delays nobody, and gets everything when it comes back", async () => {
    const place = await makeOrganisation(node);
    const { cookie } = await makeUser(node, place.organisationId);
    const agent = await liveAgent(node.url, cookie);
    const [slowToken, otherToken] = [
      await makeVisitor(node, place.channelId),
      await makeVisitor(node, place.channelId),
    ];
    const other = await liveVisitor(node.url, place.channelId, otherToken.token);
    const slow = await liveVisitor(proxy.url, place.channelId, slowToken.token);
    const connection = accepted.findLast((socket) => socket.remotePort !== undefined && !socket.destroyed);
    const [slowChat, otherChat] = [await openedBy(slow), await openedBy(other)];
    const [slowLog, otherLog] = [slow.follow(slowChat), other.follow(otherChat)];
    for (const conversationId of [slowChat, otherChat]) {
      await agent.connection.request("conversation.claim", { conversationId });
    }

    proxy.stopReading();
    const send = (conversationId: string, words: string) =>
      agent.connection.request("message.send", { conversationId, clientId: newClientId(), text: words });
    for (let sent = 0; sent < messageCount; sent += 20) {
      await Promise.all(Array.from({ length: 20 }, () => send(slowChat, text)));
      await send(otherChat, `${sent}`);
    }
    await eventually(() => expect(connection?.destroyed).toBe(true));
    await eventually(() => expect(otherLog.snapshot().entries).toHaveLength(2 + messageCount / 20));
    expect(slowLog.snapshot().entries.length).toBeLessThan(messageCount);

    proxy.thaw();
    await eventually(() => {
      const { entries } = slowLog.snapshot();
      expect(entries.map(({ seq }) => seq)).toEqual(
        Array.from({ length: messageCount + 2 }, (_, index) => index + 1),
      );
    });
    for (const person of [agent, other, slow]) person.close();
  });
});
