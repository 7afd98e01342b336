import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** The line in which a PostgreSQL program says why it gave up, without its date; undefined if it did not say. */
export function lastComplaint(output: string): string | undefined {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const worst =
    lines.findLast((line) => /\b(FATAL|PANIC):/.test(line)) ??
    lines.findLast((line) => /\berror:/.test(line));
  return worst?.replace(/^.*?\b(FATAL|PANIC|error):\s*/, "") ?? lines.at(-1);
}

/** The last such line in the log files of a cluster, if one was written since a moment in milliseconds. */
export async function lastComplaintInLog(folder: string, since: number): Promise<string | undefined> {
  return lastComplaint(await readLog(folder, since));
}

/** The line of the log in which a running server says why it breaks off all sessions; undefined if it does not say. */
export async function lastCrashInLog(folder: string, since: number): Promise<string | undefined> {
  const lines = (await readLog(folder, since)).split("\n").filter((line) => writtenAt(line) >= since);
  const crash =
    lines.findLast((line) => /\bPANIC:/.test(line)) ??
    lines.findLast((line) =>
      /\bLOG: .*\(PID \d+\) (was terminated by|exited with exit code (?![01]$))/.test(line),
    );
  return crash?.replace(/^.*?\b(PANIC|LOG):\s*/, "");
}

/** The end of the log file that was written since a moment; empty if none was. */
async function readLog(folder: string, since: number): Promise<string> {
  const logs = join(folder, "log");
  for (const name of await readdir(logs).catch(() => [])) {
    const path = join(logs, name);
    const written = await stat(path).catch(() => undefined);
    if (written !== undefined && written.mtimeMs >= since) {
      // A log that cannot be read any more, because its folder is just being removed, complains of nothing.
      return readTail(path).catch(() => "");
    }
  }
  return "";
}

/** Every first line of a message begins with its date, in UTC. */
function writtenAt(line: string): number {
  return Date.parse(line.slice(0, 23).replace(" ", "T").concat("Z"));
}

async function readTail(path: string): Promise<string> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const length = Math.min(size, 16_384);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}
