import { type AddressInfo, createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { eventually } from "../../testing/checks/eventually.ts";
import { closeAll, everythingSent, makePair, type Pair, partiesOf } from "../../testing/scenes/pairs.ts";
import { signInWith } from "../../testing/scenes/set-up.ts";
import { type Program, runProgram } from "../../testing/servers/program.ts";
import { startRedis, type TestRedis } from "../../testing/servers/redis.ts";
import { openSharedDatabase } from "../../testing/servers/shared-database.ts";
import { password } from "../../testing/servers/test-node.ts";

/** Redis stops answering and keeps its connections open: nothing tells the nodes that it is gone. */
let database: Awaited<ReturnType<typeof openSharedDatabase>>;
let redis: TestRedis;
let nodes: [Program, Program];
let pairs: Pair[];

beforeEach(async () => {
  database = await openSharedDatabase();
  redis = await startRedis();
  pairs = [];
});
afterEach(async () => {
  closeAll(pairs);
  await redis.stop();
  await database.close();
});

async function pairOn(customer: Program, agent: Program): Promise<Pair> {
  const pair = await makePair(database, database.place, { customer: customer.url(), agent: agent.url() });
  pairs.push(pair);
  return pair;
}

/** Both write, and each is told by the server of what the other wrote, without having to ask. */
async function expectTold(pair: Pair, text: string): Promise<void> {
  const told = (news: unknown[]) => JSON.stringify(news);
  for (const party of partiesOf(pair)) party.write(pair.conversationId, text);
  await eventually(() => {
    for (const { news } of partiesOf(pair)) {
      expect(told(news.filter(({ type }) => type === "entries"))).toContain(text);
    }
  });
}

const linesWith = (words: string, log: string) => log.split("\n").filter((line) => line.includes(words));

describe("a Redis that hangs", () => {
  test("H1: holds up no sign-in, no new chat and no news on a node, is one line in the log, and heals when it goes on", async () => {
    const environment = { DATABASE_URL: database.url, REDIS_URL: redis.url, LOG_LEVEL: "info" };
    nodes = [runProgram(environment), runProgram(environment)];
    await Promise.all(nodes.map((node) => node.ready()));
    const [one, other] = nodes;
    const across = await pairOn(one, other);
    const here = await pairOn(one, one);
    await expectTold(across, "with Redis");

    redis.pause();
    await expectTold(here, "while Redis hangs");
    for (const node of nodes) {
      const answer = await signInWith({ url: node.url() }, database.place.email, password);
      expect(answer.status).toBe(200);
      await expectTold(await pairOn(node, node), "opened while Redis hangs");
      expect((await fetch(`${node.url()}/healthz`)).status).toBe(200);
    }
    redis.resume();

    let attempt = 0;
    await eventually(async () => {
      const text = `with Redis again ${++attempt}`;
      await expectTold(across, text);
    }, 30_000);
    await everythingSent(pairs);
    for (const node of nodes) {
      await node.stop();
      const { stdout } = await node.ended;
      expect(linesWith("Redis is away", stdout)).toEqual([expect.stringContaining("no answer within 1 s")]);
      expect(linesWith("Redis is back", stdout)).toHaveLength(1);
      expect(linesWith("fault", stdout)).toEqual([]);
    }
  });

  test("H1: at the start ends the program with a sentence", async () => {
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    onTestFinished(() => void silent.close());
    await new Promise((resolve) => silent.once("listening", resolve));
    const { port } = silent.address() as AddressInfo;
    const program = runProgram({ DATABASE_URL: database.url, REDIS_URL: `redis://127.0.0.1:${port}` });
    const { code, stderr } = await program.ended;
    expect([code, stderr]).toEqual([
      1,
      "Redis cannot be reached at the address in REDIS_URL (it accepts connections and does not answer); check that it runs and that the address is right.\n",
    ]);
  });
});
