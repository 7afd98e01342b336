import { acquire } from "./acquire.ts";
import { describeCluster } from "./cluster.ts";
import type { Connection } from "./connection.ts";
import { type EmbeddedPostgres, keepAlive } from "./keep-alive.ts";
import { findRunningServer } from "./running-server.ts";
import { takenProblem } from "./taken-problem.ts";

export type { EmbeddedPostgres } from "./keep-alive.ts";

export type EmbeddedPostgresOptions = {
  /** Where everything of this Grata is stored; it is made if it is missing. */
  dataFolder: string;
  /** Gets a sentence when the server goes away and when it is back. */
  log?: (sentence: string) => void;
};

/**
 * Starts the PostgreSQL of a data folder, or adopts the one that a killed Grata left, and keeps it alive until `stop()`.
 * Exactly one process can own it. Throws StartupProblem if another does, or on anything else the operator must mend.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const cluster = await describeCluster(options.dataFolder);
  const acquired = await acquire(cluster);
  if (acquired.kind === "taken") {
    throw takenProblem(cluster, acquired.by);
  }
  return keepAlive(cluster, acquired, options.log);
}

/**
 * For the command line: connects to the running PostgreSQL of a data folder without owning it, so that `stop()` leaves
 * it alone; if none runs, starts it until `stop()`. Throws StartupProblem on anything the operator must mend.
 */
export async function attachEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const cluster = await describeCluster(options.dataFolder);
  const running = await findRunningServer(cluster);
  if (running !== undefined) {
    return borrow(running);
  }
  const acquired = await acquire(cluster);
  if (acquired.kind === "owned") {
    return keepAlive(cluster, acquired, options.log);
  }
  const startedMeanwhile = await findRunningServer(cluster);
  if (startedMeanwhile === undefined) {
    throw takenProblem(cluster, acquired.by);
  }
  return borrow(startedMeanwhile);
}

function borrow(connection: Connection): EmbeddedPostgres {
  return { connection, takenOver: new Promise(() => {}), stop: async () => {} };
}
