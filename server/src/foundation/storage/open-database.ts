import {
  attachEmbeddedPostgres,
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from "@grata/embedded-postgres/supervise";
import type pg from "pg";
import type { Configuration } from "../configuration/configuration.ts";
import type { StartupProblem } from "../configuration/startup-problem.ts";
import { unlessAborted } from "../jobs/unless-aborted.ts";
import { besidesThePool, checkConnections } from "./connections.ts";
import { type NodeLock, takeNodeLock } from "./node-lock.ts";
import { createOutage } from "./outage.ts";
import { prepareDatabase } from "./prepare-database.ts";
import { checkSchema } from "./schema-version.ts";
import { openStorage, type Storage, type StorageOptions } from "./storage.ts";

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
  onLost(problem: StartupProblem): void;
  /** An error of the database was turned into `unavailable`. */
  onUnavailable(cause: unknown): void;
  /** Gets the sentences that the operator should read. */
  log: { warn(sentence: string): void };
  /** Ends the opening: what was started is stopped again, and the signal's reason thrown. */
  signal?: AbortSignal | undefined;
};

/**
 * For a node: the database that the configuration names, or the embedded one: reached, locked for this node, at the
 * right schema, its roles confined. Throws StartupProblem; `onLost` is called when another node has taken it over.
 */
export async function openDatabase(
  place: Place,
  { onLost, onUnavailable, log, signal }: Options,
): Promise<Database> {
  const warn = (sentence: string) => log.warn(sentence);
  const embedded =
    place.databaseUrl === null ? await startEmbeddedPostgres({ ...place, signal, log: warn }) : null;
  void embedded?.takenOver.then(onLost);
  const prepare = async (connection: pg.ClientConfig) => {
    await prepareDatabase(connection, { say: warn });
    await checkConnections(connection, place.databaseConnections, warn);
    // The embedded one has a lock of its own.
    return embedded ? null : takeNodeLock(connection, { shared: place.redisUrl !== null, onLost });
  };
  return open(place, embedded, signal, prepare, {
    onUnavailable,
    connectionsOutage: createOutage(log, {
      gone: "The database refuses another connection",
      back: "The database gives connections again",
    }),
  });
}

/** For the command line: the same database, beside the nodes that run on it. */
export async function attachDatabase(place: Place, { signal }: Pick<Options, "signal">): Promise<Database> {
  const embedded = place.databaseUrl === null ? await attachEmbeddedPostgres({ ...place, signal }) : null;
  return open(place, embedded, signal, async (connection) => {
    // A running node has brought it to its own schema: to change that would break it.
    await (embedded?.address === undefined ? prepareDatabase(connection) : checkSchema(connection));
    return null;
  });
}

async function open(
  place: Place,
  embedded: EmbeddedPostgres | null,
  signal: AbortSignal | undefined,
  prepare: (connection: pg.ClientConfig) => Promise<NodeLock | null>,
  watching?: Pick<StorageOptions, "onUnavailable" | "connectionsOutage">,
): Promise<Database> {
  const connection: pg.ClientConfig = embedded
    ? embedded.connection
    : { connectionString: place.databaseUrl ?? "" };
  try {
    const lock = await unlessAborted(signal, prepare(connection));
    const storage = openStorage(connection, {
      maximumConnections: place.databaseConnections - besidesThePool,
      ...watching,
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
