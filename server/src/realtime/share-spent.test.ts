import { createClient, type RedisClientType } from "redis";
import { expect, onTestFinished, test } from "vitest";
import { startRedis } from "../../testing/servers/redis.ts";
import { Accounts } from "./accounts.ts";
import { createSpentSharing } from "./share-spent.ts";

/** Next to nothing comes back while a test runs. */
const says = { burst: 100, perSecond: 0.001 };

/** The accounts of two nodes that share a Redis, and what each does once a second. */
async function startPair() {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const open = async () => {
    const client: RedisClientType = createClient({ url: redis.url });
    client.on("error", () => undefined);
    await client.connect();
    onTestFinished(() => client.destroy());
    const accounts = new Accounts(["says"]);
    const share = createSpentSharing(client);
    const now = () => performance.now();
    return {
      take: (count: number, name = "ann") =>
        accounts.of(name, { says }, now()).buckets.says.take(count, now()),
      left: (name = "ann") => Math.round(accounts.of(name, { says }, now()).buckets.says.share(now()) * 100),
      beat: () => share(accounts.spent(now())),
    };
  };
  return [await open(), await open()] as const;
}

test("D1: what was taken on one node is taken from the bucket of the other as well", async () => {
  const [one, other] = await startPair();
  one.take(60);
  other.take(60);
  await one.beat();
  await other.beat();
  await one.beat();
  expect([one.left(), other.left()]).toEqual([-20, 40]);
  one.take(5);
  other.take(20);
  await one.beat();
  await other.beat();
  await one.beat();
  expect([one.left(), other.left()]).toEqual([-45, 15]);
});

test("D1: a bucket that is more than half full costs Redis nothing, and names are kept apart", async () => {
  const [one, other] = await startPair();
  one.take(60, "ann");
  other.take(60, "bob");
  other.take(20, "ann");
  for (let beat = 0; beat < 2; beat++) {
    await one.beat();
    await other.beat();
  }
  expect([one.left("ann"), other.left("ann"), other.left("bob")]).toEqual([40, 80, 40]);
});
