import type pg from "pg";
import type { Configuration } from "../configuration.ts";
import { startEmbeddedPostgres } from "../embedded-postgres/supervise.ts";
import type { StartupProblem } from "../startup-problem.ts";
import { takeNodeLock } from "./node-lock.ts";
import { prepareDatabase } from "./prepare-database.ts";
import { openStorage, type Storage } from "./storage.ts";

const maximumConnections = 16;

/**
 * The database that the configuration names, or the embedded one: reached, locked for this node, at the right schema,
 * its roles confined. Throws StartupProblem.
 */
export async function openDatabase(
  configuration: Pick<Configuration, "databaseUrl" | "redisUrl" | "dataFolder">,
  onLost: (problem: StartupProblem) => void,
): Promise<{ storage: Storage; close(): Promise<void> }> {
  const { databaseUrl, redisUrl, dataFolder } = configuration;
  const embedded = databaseUrl === null ? await startEmbeddedPostgres({ dataFolder }) : null;
  void embedded?.takenOver.then(onLost);
  const connection: pg.ClientConfig = embedded
    ? embedded.connection
    : { connectionString: databaseUrl ?? "" };
  try {
    await prepareDatabase(connection);
    // The embedded one has a lock of its own.
    const lock = embedded ? null : await takeNodeLock(connection, { shared: redisUrl !== null, onLost });
    const storage = openStorage(connection, { maximumConnections });
    return {
      storage,
      async close() {
        await storage.close();
        await lock?.release();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}
