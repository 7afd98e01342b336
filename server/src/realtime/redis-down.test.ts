import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../../testing/checks/eventually.ts";
import {
  closeAll,
  everythingSent,
  expectShownToBoth,
  expectStoredOnce,
  keepWriting,
  makePair,
  type Pair,
  partiesOf,
} from "../../testing/scenes/pairs.ts";
import { type Program, runProgram } from "../../testing/servers/program.ts";
import { startRedis, type TestRedis } from "../../testing/servers/redis.ts";
import { openSharedDatabase } from "../../testing/servers/shared-database.ts";

let database: Awaited<ReturnType<typeof openSharedDatabase>>;
let redis: TestRedis;
let nodes: [Program, Program];
let pairs: Pair[];

beforeEach(async () => {
  database = await openSharedDatabase();
  redis = await startRedis();
  const environment = { DATABASE_URL: database.url, REDIS_URL: redis.url };
  nodes = [runProgram(environment), runProgram(environment)];
  await Promise.all(nodes.map((node) => node.ready()));
  const urls = { customer: nodes[0].url(), agent: nodes[1].url() };
  pairs = [];
  while (pairs.length < 3) pairs.push(await makePair(database, database.place, urls));
});
afterEach(async () => {
  closeAll(pairs);
  await Promise.all(nodes.map((node) => node.kill()));
  await redis.stop();
  await database.close();
});

/** Whether each party was told of something the other wrote after this mark, without having to ask. */
function expectTold(text: string): Promise<void> {
  return eventually(() => {
    for (const party of pairs.flatMap(partiesOf)) {
      expect(JSON.stringify(party.news.filter(({ type }) => type === "entries"))).toContain(text);
    }
  });
}

function write(text: string): void {
  for (const pair of pairs) {
    for (const party of partiesOf(pair)) party.write(pair.conversationId, text);
  }
}

async function expectShown(text: string): Promise<void> {
  await eventually(() => {
    for (const { agentLog, customerLog } of pairs) {
      for (const log of [agentLog, customerLog]) {
        const shown = log
          .snapshot()
          .entries.filter(({ occurrence }) => "text" in occurrence && occurrence.text === text);
        expect(shown).toHaveLength(2);
      }
    }
  });
}

describe("Redis", () => {
  test("H1: is killed and comes back: the chats go on meanwhile, nothing is lost, and they are fast again", async () => {
    write("with Redis");
    await expectTold("with Redis");
    await redis.kill();
    const traffic = keepWriting(pairs);
    write("without Redis");
    await expectShown("without Redis");
    await traffic.stop();
    for (const node of nodes) expect((await fetch(`${node.url()}/healthz`)).status).toBe(200);

    redis = await startRedis(redis.port);
    let attempt = 0;
    await eventually(async () => {
      const text = `with Redis again ${++attempt}`;
      write(text);
      await expectShown(text);
      for (const party of pairs.flatMap(partiesOf)) {
        expect(JSON.stringify(party.news.filter(({ type }) => type === "entries"))).toContain(text);
      }
    }, 30_000);
    await everythingSent(pairs);
    await expectStoredOnce(database.sql, pairs);
    await expectShownToBoth(database.sql, pairs);
  });
});
