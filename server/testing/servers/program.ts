import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { familyOf } from "@grata/embedded-postgres/testing/container";
import { onTestFinished } from "vitest";
import { eventually } from "../checks/eventually.ts";
import { secretKey } from "./secret-key.ts";

type Ended = { code: number | null; stdout: string; stderr: string };

export type Program = {
  /** Resolves when it says that it is ready; fails when it ends instead. */
  ready(): Promise<void>;
  /** Where it answers, once it is ready. */
  url(): string;
  /** The output so far. */
  output(): string;
  ended: Promise<Ended>;
  /** Asks it to stop and resolves with its exit code when it is gone. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** As a power failure would. */
  kill(): Promise<void>;
};

/**
 * The whole program as a process of its own, from the source; it is gone when the test is finished. A container is a
 * command that runs another one in it.
 */
export function runProgram(environment: Record<string, string>, container: string[] = []): Program {
  const program = fileURLToPath(new URL("../../src/app/main.ts", import.meta.url));
  const [command = "", ...parameters] = [...container, process.execPath, program];
  const child: ChildProcess = spawn(command, parameters, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, PORT: "0", LOG_LEVEL: "silent", ...keyFor(environment), ...environment },
  });
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (part: string) => {
    stdout += part;
  });
  child.stderr?.setEncoding("utf8").on("data", (part: string) => {
    stderr += part;
  });
  const ended = once(child, "close").then(([code]): Ended => ({ code, stdout, stderr }));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return {
    ended,
    output: () => stdout,
    url: () => /^Grata is ready: (\S+)$/m.exec(stdout)?.[1] ?? "",
    async stop(signal = "SIGTERM") {
      if (container.length === 0) child.kill(signal);
      else process.kill(familyOf(child.pid ?? 0)[0]?.pid ?? 0, signal);
      return (await ended).code;
    },
    ready: () =>
      Promise.race([
        eventually(() => {
          if (!stdout.includes("Grata is ready")) throw new Error(`It is not ready: ${stdout}${stderr}`);
        }, 60_000),
        ended.then(() => {
          throw new Error(`It ended: ${stderr}`);
        }),
      ]),
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** On a database that is not in a throw-away folder a key file would be left in the repository's own. */
function keyFor(environment: Record<string, string>): Record<string, string> {
  return environment.GRATA_DATA === undefined ? { GRATA_SECRET_KEY: secretKey } : {};
}
