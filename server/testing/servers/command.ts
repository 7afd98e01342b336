import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Runs a command as an operator would, on a node's database, with something on standard input; or in a container. */
export async function runCommand(
  { databaseUrl, container = [] }: { databaseUrl: string; container?: string[] },
  argv: string[],
  environment: Record<string, string> = {},
  input = "",
) {
  const program = fileURLToPath(new URL("../../src/app/grata.ts", import.meta.url));
  const [command = "", ...parameters] = [...container, process.execPath, program, ...argv];
  const child = spawn(command, parameters, {
    env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl, ...environment },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (part) => {
    stdout += part;
  });
  child.stderr.on("data", (part) => {
    stderr += part;
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  const [code] = await once(child, "close");
  return { code, stdout, stderr };
}
