import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../../testing/checks/eventually.ts";
import { openSql } from "../../testing/checks/stored.ts";
import {
  closeAll,
  everythingSent,
  expectShownToBoth,
  expectStoredOnce,
  makePair,
  type Pair,
} from "../../testing/scenes/pairs.ts";
import { startTcpProxy, type TcpProxy } from "../../testing/servers/tcp-proxy.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../testing/servers/test-node.ts";

let node: TestNode;
let sql: pg.Client;
let network: TcpProxy;
let pair: Pair;

beforeAll(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
  network = await startTcpProxy(Number(new URL(node.url).port));
});
afterAll(async () => {
  await network.close();
  await sql.end();
  await node.stop();
});
beforeEach(async () => {
  network.thaw();
  network.to(Number(new URL(node.url).port));
  const place = await makeOrganisation(node);
  pair = await makePair(node, place, { agent: node.url, customer: network.url });
  return () => closeAll([pair]);
});

/** The one side goes on as if nothing had happened. */
async function agentWrites(count: number): Promise<void> {
  const before = pair.agent.acknowledged.length;
  for (let number = 1; number <= count; number++) {
    pair.agent.write(pair.conversationId, `from the agent ${number}`);
  }
  await eventually(() => expect(pair.agent.acknowledged).toHaveLength(before + count));
}

function customerWrites(count: number): void {
  for (let number = 1; number <= count; number++) {
    pair.customer.write(pair.conversationId, `from the customer ${number}`);
  }
}

async function expectAllThere(fromAgent: number, fromCustomer: number): Promise<void> {
  await everythingSent([pair]);
  expect(pair.customer.written).toHaveLength(fromCustomer);
  await expectStoredOnce(sql, [pair]);
  await expectShownToBoth(sql, [pair]);
  expect(pair.customerLog.snapshot().head).toBe(2 + fromAgent + fromCustomer);
  expect(pair.customer.outgoing.snapshot()).toEqual([]);
}

describe("the network of one client is cut while 100 messages pass", () => {
  test("D1, H1: it ends with everything, in order, once, and what was written meanwhile arrives once", async () => {
    network.freeze();
    customerWrites(5);
    await agentWrites(100);
    expect(pair.customerLog.snapshot().entries).toHaveLength(2);
    network.to(null);
    network.cut();
    await eventually(() => expect(pair.customer.connection.state).toBe("lost"));
    customerWrites(5);
    await agentWrites(10);
    network.thaw();
    network.to(Number(new URL(node.url).port));
    await expectAllThere(110, 10);
  });

  test("C4, D1: a message whose acknowledgement was lost is sent again, and is there once", async () => {
    network.stopReading();
    customerWrites(3);
    await eventually(() => expect(pair.agentLog.snapshot().head).toBe(3));
    expect(pair.customer.acknowledged).toEqual([]);
    await agentWrites(100);
    network.cut();
    network.thaw();
    await expectAllThere(100, 3);
  });

  test("D1, H1: a network that comes back on the same connection loses nothing either", async () => {
    network.freeze();
    customerWrites(3);
    await agentWrites(100);
    network.thaw();
    await expectAllThere(100, 3);
    expect(pair.customer.news.filter(({ type }) => type === "welcome")).toHaveLength(1);
  });
});
