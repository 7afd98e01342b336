import { closeSync, openSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { Cluster } from "./cluster.ts";
import { type Connection, connectionAt, tryConnect } from "./connection.ts";
import { watchPatience } from "./patience.ts";
import { observePostmaster } from "./postmaster-state.ts";

/** Where a server names its socket in the cluster itself. */
const portInCluster = 5432;

/** A Grata that is just starting needs a moment between the start of its server and the making of the database. */
const limits = { starting: 60_000, stopping: 60_000, ready: 2_000 };

/**
 * Returns how to connect to the server of a cluster if one runs, waiting while it starts or stops; undefined if none
 * runs or becomes usable, for instance because its owner was killed before it made the database.
 */
export async function findRunningServer(cluster: Cluster): Promise<Connection | undefined> {
  const isOutOfPatience = watchPatience(limits);
  for (;;) {
    const state = await observePostmaster(cluster.folder);
    if (state.kind === "elsewhere") {
      return connectThroughFolder(cluster);
    }
    if (state.kind === "absent" || state.kind === "stopped" || state.kind === "obstructed") {
      return undefined;
    }
    let seen = state.kind;
    if (state.kind === "ready") {
      const connection = connectionAt(cluster, state.address);
      const attempt = await tryConnect(cluster, connection, `grata command ${process.pid}`);
      if (attempt.kind === "connected") {
        await attempt.client.end();
        return connection;
      }
      seen = attempt.kind === "busy" ? "starting" : seen;
    }
    if (isOutOfPatience(seen)) {
      return undefined;
    }
    await delay(10);
  }
}

/**
 * Connects to a server of another container by its socket in the cluster, which is all that we share with it. The path
 * of a socket may have 107 bytes: it is named by the open folder.
 */
async function connectThroughFolder(cluster: Cluster): Promise<Connection | undefined> {
  if (process.platform !== "linux") {
    return undefined;
  }
  const folder = openSync(cluster.folder, "r"); // It stays open, for further connections, as long as the command runs.
  const connection = connectionAt(cluster, { host: `/proc/self/fd/${folder}`, port: portInCluster });
  const attempt = await tryConnect(cluster, connection, `grata command ${process.pid}`);
  if (attempt.kind !== "connected") {
    closeSync(folder);
    return undefined;
  }
  await attempt.client.end();
  return connection;
}
