import { execFile } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { spawnAs } from "./account.ts";
import type { Cluster } from "./cluster.ts";
import { errorCode } from "./error-code.ts";
import { readPostmasterFile } from "./postmaster-file.ts";
import { inspectProcess } from "./postmaster-process.ts";

/** A fast shutdown writes everything to its place first: on a slow disk that may take a while. */
const orderlyWithin = 60_000;

/**
 * Stops the server of a cluster, if one runs, and resolves when it is gone: orderly, or if that takes too long without
 * tidying up, which costs the next start a recovery but loses nothing.
 */
export async function stopPostmaster(cluster: Cluster, patience = orderlyWithin): Promise<void> {
  const pid = (await readPostmasterFile(cluster.folder))?.pid;
  if (pid === undefined || !(await runs(cluster, pid))) {
    return;
  }
  await signal(cluster, pid, "INT");
  if (!(await isGoneWithin(cluster, pid, patience))) {
    await signal(cluster, pid, "QUIT");
    await isGoneWithin(cluster, pid, patience);
  }
}

async function isGoneWithin(cluster: Cluster, pid: number, patience: number): Promise<boolean> {
  const deadline = Date.now() + patience;
  while (await runs(cluster, pid)) {
    if (Date.now() > deadline) {
      return false;
    }
    await delay(10);
  }
  return true;
}

async function runs(cluster: Cluster, pid: number): Promise<boolean> {
  return (await inspectProcess(pid, cluster.folder)) === "postmaster";
}

async function signal(cluster: Cluster, pid: number, name: "INT" | "QUIT"): Promise<void> {
  if (process.platform === "win32") {
    // Windows has no signals: there PostgreSQL listens for them on a pipe, which pg_ctl knows.
    await promisify(execFile)(cluster.binaries.pgCtl, ["kill", name, String(pid)], spawnAs(cluster.account));
    return;
  }
  try {
    process.kill(pid, `SIG${name}`);
  } catch (error) {
    if (errorCode(error) !== "ESRCH") {
      throw error;
    }
  }
}
