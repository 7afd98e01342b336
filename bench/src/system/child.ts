import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { BenchFailure } from "../failure.ts";

/** A Node program of ours. It notices our death by the channel, and a Ctrl-C in the terminal reaches only us. */
export type Child = {
  process: ChildProcessByStdio<null, Readable, Readable>;
  pid: number;
  /** Waits for a line of either output that matches, which may have come already. Rejects when it ends before. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves when it is gone. */
  ended: Promise<void>;
  /** Sends a signal and resolves when it is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
};

/**
 * Starts a program with these variables added to our environment. What it says on its error output is passed on. Its
 * debugger is closed, but would listen on any free port.
 */
export function startChild(parameters: string[], environment: Record<string, string>): Child {
  const child = spawn(process.execPath, ["--inspect-port=127.0.0.1:0", ...parameters], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: true,
    serialization: "advanced",
  }) as ChildProcessByStdio<null, Readable, Readable>; // The declared types do not know the fourth.
  const program = parameters.at(-1) ?? "";
  const lines: string[] = [];
  const looking = new Set<() => void>();
  const look = () => {
    for (const one of looking) one();
  };
  const hear = (line: string) => {
    lines.push(line);
    look();
  };
  createInterface({ input: child.stdout }).on("line", (line) => {
    hear(line);
    if (line.startsWith("{")) console.error(`${program}: ${line}`); // The server logs a fault of its own.
  });
  createInterface({ input: child.stderr }).on("line", (line) => {
    hear(line);
    if (!/^Debugger |^For help, see: /.test(line)) console.error(line);
  });
  let gone = false;
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => {
      gone = true;
      look();
      resolve();
    });
  });

  function line(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const one = () => {
        const found = lines.map((text) => pattern.exec(text)).find((match) => match !== null);
        if (found) resolve(found);
        else if (gone) reject(new BenchFailure(`${program} ended before it was ready.`));
        else return;
        looking.delete(one);
      };
      looking.add(one);
      one();
    });
  }

  return {
    process: child,
    pid: child.pid ?? 0,
    line,
    ended,
    async end(signal) {
      child.kill(signal);
      await ended;
    },
  };
}
