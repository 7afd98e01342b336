import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectFailure, failureOf } from "../../../testing/checks/refusals.ts";
import { openSql, rowCounts } from "../../../testing/checks/stored.ts";
import {
  connectVisitor,
  makeVisitor,
  newClientId,
  post,
  type TestVisitor,
} from "../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

const limit = 3;
let node: TestNode;
let channelId: string;
let visitors: TestVisitor[];

beforeAll(async () => {
  node = await startTestNode({ environment: { CHATS_PER_ADDRESS: `${limit}` } });
  ({ channelId } = await makeOrganisation(node));
  visitors = await Promise.all(Array.from({ length: limit + 2 }, () => connectVisitor(node, channelId)));
});
afterAll(async () => {
  for (const visitor of visitors) visitor.close();
  await node.stop();
});

describe("one address that opens more chats than a shop's customers would", () => {
  test("D1: is refused after the limit and told when to come back, and nothing is half-opened", async () => {
    const sql = await openSql(node.databaseUrl);
    const [first, ...others] = visitors;
    const open = (visitor: TestVisitor | undefined, text = "Hello") =>
      visitor?.request("conversation.open", { clientId: newClientId(), text }) ?? Promise.reject();
    for (const visitor of visitors.slice(0, limit)) await open(visitor);
    const before = await rowCounts(sql);
    for (const visitor of visitors.slice(limit)) {
      const failure = await failureOf(open(visitor));
      expect(failure).toMatchObject({ code: "too_many_chats", retryAfter: expect.any(Number) });
      expect(failure.retryAfter).toBeGreaterThan(0);
      await expectFailure(open(visitor), "too_many_chats");
    }
    expect(await rowCounts(sql)).toEqual(before);

    // Who has a chat goes on writing, whatever their neighbours do.
    expect((await open(first, "And another thing")).entry.seq).toBe(2);
    expect(others).toHaveLength(limit + 1);
    await sql.end();
  });

  test("D1: cannot make visitors without end either", async () => {
    const answers: number[] = [];
    while (answers.length < limit * 4) {
      answers.push((await post(node, `/api/webchat/${channelId}/visitors`, {})).status);
    }
    const refused = await post(node, `/api/webchat/${channelId}/visitors`, {});
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ error: { code: "too_many_requests" } });
    expect(new Set(answers)).toEqual(new Set([200, 429]));
    await expect(makeVisitor(node, channelId)).resolves.not.toHaveProperty("token");
  });
});
