import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { errorCode } from "./error-code.ts";
import { isAlive } from "./is-alive.ts";

/** What a process id from postmaster.pid stands for now: ids are used again, and a dead process may linger unreaped. */
export type ProcessKind = "postmaster" | "other" | "gone";

/** Tells whether a process is the PostgreSQL server of a cluster. */
export async function inspectProcess(pid: number, folder: string): Promise<ProcessKind> {
  if (process.platform === "win32") {
    return isAlive(pid) ? "postmaster" : "gone";
  }
  const commandLine = await readCommandLine(pid);
  if (commandLine === undefined) {
    return "gone";
  }
  return isPostmasterOf(commandLine, folder) ? "postmaster" : "other";
}

/**
 * True if a command line is that of a server of this cluster. One that was started by hand with a relative folder or
 * none counts as ours: to take a living server for a dead one would be worse than to wait for a stranger.
 */
export function isPostmasterOf(commandLine: string, folder: string): boolean {
  if (!/^(\S.*\/)?(postgres|postmaster)( |$)/.test(commandLine)) {
    return false;
  }
  return `${commandLine} `.includes(` -D ${folder} `) || !/ -D ?\//.test(commandLine);
}

/** The command line of a process: empty for one that is dead but not reaped, undefined if there is no such process. */
async function readCommandLine(pid: number): Promise<string | undefined> {
  if (process.platform !== "linux") {
    return new Promise((resolve) => {
      execFile("ps", ["-ww", "-o", "command=", "-p", String(pid)], (error, output) =>
        resolve(error ? undefined : output.trim()),
      );
    });
  }
  try {
    return (await readFile(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ").trim();
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes(errorCode(error) ?? "")) {
      return undefined;
    }
    throw error;
  }
}
