import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** Looks every 10 ms until the answer is not empty, and returns it. Fails after 20 s with what was awaited. */
export async function until<T>(what: string, look: () => T | Promise<T>): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const found = await look();
    if (found) {
      return found;
    }
    if (Date.now() > deadline) {
      throw new Error(`waited for ${what} in vain`);
    }
    await delay(10);
  }
}

/** The id of the server of a cluster, as it wrote it; 0 if there is none. */
export function postmasterOf(cluster: string): number {
  try {
    return Number(readFileSync(`${cluster}/postmaster.pid`, "utf8").split("\n")[0]);
  } catch {
    return 0;
  }
}

/** True if a process exists and has not given its memory back: one that is only waiting to be reaped has. */
export function isRunning(pid: number): boolean {
  return titleOf(pid) !== "";
}

/** The children of a process, with their titles. */
export function childrenOf(parent: number): { pid: number; title: string }[] {
  return processes()
    .filter((pid) => parentOf(pid) === parent)
    .map((pid) => ({ pid, title: titleOf(pid) }));
}

/** Kills a server and all its processes at once, as a power failure would. */
export function killServer(postmaster: number): void {
  const all = [postmaster, ...childrenOf(postmaster).map(({ pid }) => pid)];
  kill(all, "SIGSTOP"); // so that none of them notices the end of another
  kill(all, "SIGKILL");
}

/** Kills whatever names a folder in its command line, and the children of that. */
export function killAllUsing(folder: string): void {
  for (const pid of processesUsing(folder)) {
    killServer(pid);
  }
}

/** The processes that name a folder in their command line, and that are not this one. */
export function processesUsing(folder: string): number[] {
  return processes().filter((pid) => pid !== process.pid && titleOf(pid).includes(folder));
}

function kill(pids: number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended by itself.
    }
  }
}

function processes(): number[] {
  return readdirSync("/proc").map(Number).filter(Boolean);
}

function titleOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return "";
  }
}

function parentOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1]);
  } catch {
    return 0; // It has ended by itself.
  }
}
