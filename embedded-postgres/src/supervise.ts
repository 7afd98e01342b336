import { acquire } from "./acquire.ts";
import { type Cluster, describeCluster } from "./cluster.ts";
import type { Connection } from "./connection.ts";
import { type Holder, nameHolder } from "./holder.ts";
import { type EmbeddedPostgres, keepAlive } from "./keep-alive.ts";
import { findOwner, readOwner, takeOwnership } from "./ownership.ts";
import { findRunningServer } from "./running-server.ts";
import { takenProblem } from "./taken-problem.ts";

export type { EmbeddedPostgres } from "./keep-alive.ts";

export type EmbeddedPostgresOptions = {
  /** Where everything of this Grata is stored; it is made if it is missing. */
  dataFolder: string;
  /** Gets a sentence when the server goes away and when it is back. */
  log?: (sentence: string) => void;
  /** Ends the start: what was started is stopped again, and the signal's reason thrown. */
  signal?: AbortSignal | undefined;
};

/** A command that runs beside a server waits for one that is just starting. */
const startsWithin = 60_000;

/**
 * Starts the PostgreSQL of a data folder, or adopts the one that a killed Grata left, and keeps it alive until `stop()`.
 * Exactly one process can own it. Throws StartupProblem if another does, or on anything else the operator must mend.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const cluster = await describeCluster(options.dataFolder);
  const owned = await own(cluster, options);
  if (owned === undefined) {
    throw takenProblem(cluster, await nameHolder(await readOwner(cluster)));
  }
  return owned;
}

/**
 * For the command line: connects to the running PostgreSQL of a data folder without owning it, so that `stop()` leaves
 * it alone; if none runs, starts it until `stop()`. Throws StartupProblem on anything the operator must mend.
 */
export async function attachEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const cluster = await describeCluster(options.dataFolder);
  const deadline = Date.now() + startsWithin;
  for (;;) {
    options.signal?.throwIfAborted();
    const running = await findRunningServer(cluster);
    if (running !== undefined) {
      return borrow(running, await findOwner(cluster));
    }
    const owned = await own(cluster, options);
    if (owned !== undefined) {
      return owned;
    }
    if (Date.now() > deadline) {
      throw takenProblem(cluster, await nameHolder(await readOwner(cluster)));
    }
  }
}

/** Becomes the owner and brings the server up; undefined if another process is the owner. */
async function own(
  cluster: Cluster,
  { log, signal }: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres | undefined> {
  const ownership = await takeOwnership(cluster);
  if (ownership === undefined) {
    return undefined;
  }
  try {
    const acquired = await acquire(cluster, { signal });
    if (acquired.kind === "taken") {
      throw takenProblem(cluster, acquired.by);
    }
    return keepAlive(cluster, { ownership, first: acquired, log });
  } catch (error) {
    ownership.release();
    throw error;
  }
}

function borrow(connection: Connection, owner: Holder | undefined): EmbeddedPostgres {
  return {
    connection,
    address: owner?.address,
    takenOver: new Promise(() => {}),
    announce: async () => {},
    stop: async () => {},
  };
}
