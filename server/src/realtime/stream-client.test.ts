import { createClient, type RedisClientType } from "redis";
import { expect, onTestFinished, test } from "vitest";
import { startRedis } from "../../testing/servers/redis.ts";
import { streamClient } from "./stream-client.ts";

test("H1: news for other nodes are taken at once while Redis does not answer, and reach it when it goes on", async () => {
  const redis = await startRedis();
  const client: RedisClientType = createClient({ url: redis.url });
  client.on("error", () => undefined);
  await client.connect();
  onTestFinished(async () => {
    client.destroy();
    await redis.stop();
  });
  redis.pause();
  await streamClient(client).xAdd("news", "*", { text: "Hello" });
  redis.resume();
  expect(await client.xLen("news")).toBe(1);
});
