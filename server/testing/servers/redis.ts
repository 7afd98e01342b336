import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "redis";

export type TestRedis = {
  url: string;
  port: number;
  stop(): Promise<void>;
  /** As a power failure would. */
  kill(): Promise<void>;
  /** Stops answering, with all its connections open. */
  pause(): void;
  resume(): void;
};

/** Starts a real Redis on a port of this machine only; resolves when it answers. */
export async function startRedis(port = 20_000 + Math.floor(Math.random() * 10_000)): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), "grata-redis-"));
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
  const exited = once(server, "exit");
  async function end(signal: NodeJS.Signals): Promise<void> {
    server.kill(signal);
    server.kill("SIGCONT");
    await exited;
    await rm(folder, { recursive: true, force: true });
  }
  return {
    url,
    port,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    pause: () => server.kill("SIGSTOP"),
    resume: () => server.kill("SIGCONT"),
  };
}

async function answers(url: string): Promise<void> {
  const client = createClient({ url, socket: { reconnectStrategy: 20 } });
  client.on("error", () => undefined);
  await client.connect();
  await client.ping();
  client.destroy();
}
