import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@grata/embedded-postgres/supervise";
import pg from "pg";

export type TestCluster = {
  /** How to connect as its superuser. */
  server: { host: string; port: number; user: string; password: string };
  /** Runs statements as the superuser, one after another. */
  run(...statements: string[]): Promise<void>;
  stop(): Promise<void>;
};

/** A whole PostgreSQL of one's own, for what would disturb others: roles belong to the cluster, not to a database. */
export async function startCluster(): Promise<TestCluster> {
  const folder = await mkdtemp(join(tmpdir(), "grata-cluster-"));
  // So that the user who runs PostgreSQL in root's place can pass.
  await chmod(folder, 0o711);
  const embedded = await startEmbeddedPostgres({ dataFolder: folder });
  const { host, port, user, password, database } = embedded.connection;
  return {
    server: { host, port, user, password },
    async run(...statements) {
      const client = new pg.Client({ host, port, user, password, database });
      await client.connect();
      try {
        for (const statement of statements) await client.query(statement);
      } finally {
        await client.end();
      }
    },
    async stop() {
      await embedded.stop();
      await rm(host, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
