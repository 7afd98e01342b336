import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "redis";

export type TestRedis = { url: string; stop(): Promise<void> };

/** Starts a real Redis on a private socket; resolves when it answers. */
export async function startRedis(): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), "grata-redis-"));
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const server = spawn(
    "redis-server",
    ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--dir", folder],
    {
      stdio: "ignore",
    },
  );
  const failed = once(server, "error").then(([error]) => Promise.reject(error));
  const url = `redis://127.0.0.1:${port}`;
  await Promise.race([failed, answers(url)]);
  return {
    url,
    async stop() {
      const gone = once(server, "exit");
      server.kill("SIGTERM");
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<void> {
  const client = createClient({ url, socket: { reconnectStrategy: 20 } });
  client.on("error", () => undefined);
  await client.connect();
  await client.ping();
  client.destroy();
}
