import type pg from "pg";
import type { Configuration } from "../configuration.ts";
import {
  attachEmbeddedPostgres,
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from "../embedded-postgres/supervise.ts";
import type { StartupProblem } from "../startup-problem.ts";
import { type NodeLock, takeNodeLock } from "./node-lock.ts";
import { prepareDatabase } from "./prepare-database.ts";
import { openStorage, type Storage } from "./storage.ts";

const maximumConnections = 16;

type Database = { storage: Storage; close(): Promise<void> };
type Place = Pick<Configuration, "databaseUrl" | "redisUrl" | "dataFolder">;

/**
 * For a node: the database that the configuration names, or the embedded one: reached, locked for this node, at the
 * right schema, its roles confined. Throws StartupProblem; `onLost` is called when another node has taken it over.
 */
export async function openDatabase(
  place: Place,
  onLost: (problem: StartupProblem) => void,
): Promise<Database> {
  const embedded = place.databaseUrl === null ? await startEmbeddedPostgres(place) : null;
  void embedded?.takenOver.then(onLost);
  return open(place, embedded, (connection) =>
    takeNodeLock(connection, { shared: place.redisUrl !== null, onLost }),
  );
}

/** For the command line: the same database, beside the nodes that run on it. */
export async function attachDatabase(place: Place): Promise<Database> {
  const embedded = place.databaseUrl === null ? await attachEmbeddedPostgres(place) : null;
  return open(place, embedded, async () => null);
}

async function open(
  place: Place,
  embedded: EmbeddedPostgres | null,
  takeLock: (connection: pg.ClientConfig) => Promise<NodeLock | null>,
): Promise<Database> {
  const connection: pg.ClientConfig = embedded
    ? embedded.connection
    : { connectionString: place.databaseUrl ?? "" };
  try {
    await prepareDatabase(connection);
    // The embedded one has a lock of its own.
    const lock = embedded ? null : await takeLock(connection);
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
