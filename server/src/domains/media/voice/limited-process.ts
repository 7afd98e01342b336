import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";

type Limits = {
  /** Of the wall clock. */
  milliseconds: number;
  /** Of address space, where the system can limit it (Linux). Null: the program limits itself. */
  bytes: number | null;
};

/** What a program may write: to its standard output, and to the pipe numbered 3. */
type Room = { output: number; third: number };

export type Outcome =
  | { kind: "ended"; code: number | null; output: Buffer; third: Buffer; complaints: string }
  | { kind: "stopped"; why: "time" | "output" };

/** Nobody reads more of what a program complains about. */
const COMPLAINTS = 20_000;

/**
 * Sets limits on itself and becomes the program. The limits are parameters and never part of the script. macOS knows no
 * limit of address space: there it is left out.
 */
const LIMIT_AND_RUN =
  'ulimit -c 0; ulimit -t "$1"; [ "$2" = 0 ] || ulimit -v "$2" 2>/dev/null; shift 2; exec "$@"';

/**
 * Runs a program that reads what a stranger sent: without our environment, without input, and within limits. When it
 * passes one, it is killed. Rejects if it cannot be started.
 */
export async function runLimited(
  program: string,
  parameters: string[],
  { milliseconds, bytes }: Limits,
  room: Room,
): Promise<Outcome> {
  const seconds = Math.ceil(milliseconds / 1000) + 1;
  const kilobytes = Math.floor((bytes ?? 0) / 1024);
  const [command, rest] =
    process.platform === "win32"
      ? [program, parameters]
      : ["/bin/sh", ["-c", LIMIT_AND_RUN, "sh", String(seconds), String(kilobytes), program, ...parameters]];
  const child = spawn(command, rest, {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    env: { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot },
    windowsHide: true,
  });
  let why: "time" | "output" | undefined;
  const stop = (reason: "time" | "output") => {
    why ??= reason;
    child.kill("SIGKILL");
  };
  const timer = setTimeout(() => stop("time"), milliseconds);
  const output = collect(child.stdout, room.output, () => stop("output"));
  const third = collect(child.stdio[3] as Readable, room.third, () => stop("output"));
  const complaints = collect(child.stderr, COMPLAINTS, () => undefined);
  try {
    const code = await ended(child);
    if (why) return { kind: "stopped", why };
    return {
      kind: "ended",
      code,
      output: output(),
      third: third(),
      complaints: complaints().toString("utf8"),
    };
  } finally {
    clearTimeout(timer);
  }
}

async function ended(child: ChildProcess): Promise<number | null> {
  const [code] = await once(child, "close");
  return code;
}

/** Keeps what a stream brings up to a limit, and says when there is more. */
function collect(stream: Readable | null, limit: number, overflow: () => void): () => Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  stream?.on("data", (part: Buffer) => {
    if (length + part.length <= limit) parts.push(part);
    else overflow();
    length += part.length;
  });
  return () => Buffer.concat(parts);
}
