import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../../testing/checks/eventually.ts";
import { openSql } from "../../testing/checks/stored.ts";
import {
  closeAll,
  everythingSent,
  expectShownToBoth,
  expectStoredOnce,
  makePair,
} from "../../testing/scenes/pairs.ts";
import { startTcpProxy } from "../../testing/servers/tcp-proxy.ts";
import { makeOrganisation, startTestNode } from "../../testing/servers/test-node.ts";

test("D1: where a proxy lets no WebSocket through, the customer chats by long polling, and is told all the same", async () => {
  const node = await startTestNode();
  const proxy = await startTcpProxy(Number(new URL(node.url).port), /upgrade: websocket/i);
  const place = await makeOrganisation(node);
  const sql = await openSql(node.databaseUrl);
  const pair = await makePair(node, place, { agent: node.url, customer: proxy.url });
  onTestFinished(async () => {
    closeAll([pair]);
    await proxy.close();
    await sql.end();
    await node.stop();
  });
  const { agent, customer, conversationId } = pair;
  const told = (text: string) =>
    eventually(() => {
      const entries = customer.news.flatMap((news) => (news.type === "entries" ? news.entries : []));
      expect(entries).toContainEqual(expect.objectContaining({ occurrence: { kind: "message", text } }));
    });
  for (const number of [1, 2, 3]) {
    customer.write(conversationId, `question ${number}`);
    await everythingSent([pair]);
    agent.write(conversationId, `answer ${number}`);
    // By the news themselves: not by a beat, of which the client asks.
    await told(`answer ${number}`);
  }
  await expectStoredOnce(sql, [pair]);
  await expectShownToBoth(sql, [pair]);
  // It stayed on that one connection.
  expect(customer.news.filter(({ type }) => type === "welcome")).toHaveLength(1);
});
