import type pg from "pg";
import type { Configuration } from "../configuration.ts";
import {
  attachEmbeddedPostgres,
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from "../embedded-postgres/supervise.ts";
import type { StartupProblem } from "../startup-problem.ts";
import { unlessAborted } from "../unless-aborted.ts";
import { besidesThePool, checkConnections } from "./connections.ts";
import { type NodeLock, takeNodeLock } from "./node-lock.ts";
import { prepareDatabase } from "./prepare-database.ts";
import { checkSchema } from "./schema-version.ts";
import { openStorage, type Storage } from "./storage.ts";

type Database = {
  storage: Storage;
  /** Where the running node answers, as far as a command that found one can know. */
  address: string | undefined;
  /** Tells commands where this node answers. */
  announce(address: string): Promise<void>;
  close(): Promise<void>;
};
type Place = Pick<Configuration, "databaseUrl" | "redisUrl" | "dataFolder" | "databaseConnections">;
type Options = {
  /** Gets a sentence when the embedded database goes away and when it is back, and what had better be mended. */
  log?: (sentence: string) => void;
  /** An error of the database was turned into `unavailable`. */
  onUnavailable?: (cause: unknown) => void;
  /** Ends the opening: what was started is stopped again, and the signal's reason thrown. */
  signal?: AbortSignal | undefined;
};

/**
 * For a node: the database that the configuration names, or the embedded one: reached, locked for this node, at the
 * right schema, its roles confined. Throws StartupProblem; `onLost` is called when another node has taken it over.
 */
export async function openDatabase(
  place: Place,
  options: Options & { onLost: (problem: StartupProblem) => void },
): Promise<Database> {
  const { onLost, log = () => undefined } = options;
  const embedded = place.databaseUrl === null ? await startEmbeddedPostgres({ ...place, ...options }) : null;
  void embedded?.takenOver.then(onLost);
  return open(place, embedded, options, async (connection) => {
    await prepareDatabase(connection);
    await checkConnections(connection, place.databaseConnections, log);
    // The embedded one has a lock of its own.
    return embedded ? null : takeNodeLock(connection, { shared: place.redisUrl !== null, onLost });
  });
}

/** For the command line: the same database, beside the nodes that run on it. */
export async function attachDatabase(place: Place, options: Options): Promise<Database> {
  const embedded = place.databaseUrl === null ? await attachEmbeddedPostgres({ ...place, ...options }) : null;
  return open(place, embedded, options, async (connection) => {
    // A running node has brought it to its own schema: to change that would break it.
    await (embedded?.address === undefined ? prepareDatabase(connection) : checkSchema(connection));
    return null;
  });
}

async function open(
  place: Place,
  embedded: EmbeddedPostgres | null,
  { signal, onUnavailable }: Options,
  prepare: (connection: pg.ClientConfig) => Promise<NodeLock | null>,
): Promise<Database> {
  const connection: pg.ClientConfig = embedded
    ? embedded.connection
    : { connectionString: place.databaseUrl ?? "" };
  try {
    const lock = await unlessAborted(signal, prepare(connection));
    const storage = openStorage(connection, {
      maximumConnections: place.databaseConnections - besidesThePool,
      ...(onUnavailable && { onUnavailable }),
    });
    return {
      storage,
      address: embedded?.address,
      announce: async (address) => embedded?.announce(address),
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
