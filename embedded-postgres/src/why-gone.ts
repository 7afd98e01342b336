import { setTimeout as delay } from "node:timers/promises";
import type { Cluster } from "./cluster.ts";
import { lastCrashInLog } from "./complaint.ts";
import { readPostmasterFile } from "./postmaster-file.ts";
import { inspectProcess } from "./postmaster-process.ts";

/** How long before the end of our session its cause may lie. */
const within = 5_000;

/** The log is written by a process of its own. */
const writtenWithin = 200;

/** Finds out why the session with our server has just ended, for the log. `said` is what the server told the session. */
export async function whyGone({ folder }: Cluster, said: string | undefined): Promise<string> {
  const since = Date.now() - within;
  const crash = await lastCrashInLog(folder, since);
  if (crash !== undefined) {
    return crash;
  }
  const pid = (await readPostmasterFile(folder).catch(() => undefined))?.pid;
  if (pid !== undefined && (await inspectProcess(pid, folder)) !== "postmaster") {
    return `its first process, ${pid}, was killed`;
  }
  await delay(writtenWithin);
  return (await lastCrashInLog(folder, since)) ?? said ?? "it did not say why";
}
