import { readdirSync, readFileSync } from "node:fs";

/** Fixed on every Linux that Node runs on. */
const ticksPerSecond = 100;

export type ProcessTimes = {
  parent: number;
  /** Seconds of its own, in user and kernel mode. */
  own: number;
  /** Seconds of its children that have ended. */
  ofEndedChildren: number;
};

/** Takes /proc/<pid>/stat apart (proc(5)). The name in parentheses may itself hold blanks and parentheses. */
export function parseStat(text: string): ProcessTimes {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const seconds = (field: number) => Number(fields[field - 3]) / ticksPerSecond;
  return {
    parent: Number(fields[1]),
    own: seconds(14) + seconds(15),
    ofEndedChildren: seconds(16) + seconds(17),
  };
}

/** CPU seconds that a process has used. */
export function secondsOf(pid: number): number {
  return read(pid)?.own ?? 0;
}

/** CPU seconds that a process and all its children have used, also those that have ended. */
export function secondsOfFamily(pid: number): number {
  const head = read(pid);
  if (!head) return 0;
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => read(Number(name)))
    .filter((times) => times?.parent === pid);
  return children.reduce((sum, child) => sum + (child?.own ?? 0), head.own + head.ofEndedChildren);
}

function read(pid: number): ProcessTimes | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return undefined; // It ended meanwhile.
  }
}
