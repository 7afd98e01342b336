import pg from "pg";
import { StartupProblem } from "../configuration/startup-problem.ts";

/** Any number will do, as long as every Grata uses the same one. */
const nodeLock = 4_728_202;

export type NodeLock = { release(): Promise<void> };

/**
 * Nodes share a database only through Redis. A node without REDIS_URL holds this lock alone, nodes with one share it:
 * so two that could not hear each other never serve at once. Throws StartupProblem when the other kind holds it.
 * When its connection breaks it is taken again; `onLost` is called if another node was faster.
 */
export async function takeNodeLock(
  connection: pg.ClientConfig,
  options: { shared: boolean; onLost: (problem: StartupProblem) => void },
): Promise<NodeLock> {
  let released = false;
  let client = await lockOnce();
  watch();

  async function lockOnce(): Promise<pg.Client> {
    const next = new pg.Client({
      ...connection,
      application_name: `grata node ${process.pid}`,
      keepAlive: true,
      connectionTimeoutMillis: 9_000,
    });
    next.on("error", () => undefined);
    await next.connect();
    const take = options.shared ? "pg_try_advisory_lock_shared" : "pg_try_advisory_lock";
    // The session of a node that was killed may need a moment to be noticed.
    for (let attempt = 0; attempt < 20; attempt++) {
      const result = await next.query<{ taken: boolean }>(`SELECT ${take}($1) AS taken`, [nodeLock]);
      if (result.rows[0]?.taken) return next;
      await next.query("SELECT pg_sleep(0.1)");
    }
    await next.end();
    throw new StartupProblem(
      "Another Grata already uses this database; to run several nodes, give each of them the same REDIS_URL.",
    );
  }

  function watch(): void {
    client.once("end", () => {
      if (!released) void retake();
    });
  }

  async function retake(): Promise<void> {
    while (!released) {
      try {
        client = await lockOnce();
        watch();
        return;
      } catch (error) {
        if (error instanceof StartupProblem) return options.onLost(error);
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }

  return {
    async release() {
      released = true;
      await client.end().catch(() => undefined);
    },
  };
}
