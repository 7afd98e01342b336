import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@grata/embedded-postgres/supervise";
import type { TestProject } from "vitest/node";
import { prepareDatabase } from "../../src/foundation/storage/prepare-database.ts";
import { createDatabase, templateDatabase } from "./databases.ts";
import { startRedis } from "./redis.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The superuser of the real PostgreSQL that all tests share; each makes databases of its own in it. */
    postgres: { host: string; port: number; user: string; password: string };
    redisUrl: string;
  }
}

/** One real PostgreSQL and one real Redis for all tests. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "grata-tests-"));
  // As root the database runs as nobody; where nobody cannot go its data would be put elsewhere, and stay there.
  await chmod(folder, 0o755);
  const [embedded, redis] = await Promise.all([startEmbeddedPostgres({ dataFolder: folder }), startRedis()]);
  const { host, port, user, password } = embedded.connection;
  const postgres = { host, port, user, password };
  await createDatabase(postgres, templateDatabase, null);
  await prepareDatabase({ ...postgres, database: templateDatabase });
  project.provide("postgres", postgres);
  project.provide("redisUrl", redis.url);
  return async () => {
    await redis.stop();
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
