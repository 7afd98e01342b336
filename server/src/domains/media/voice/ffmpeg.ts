import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { repositoryFolder } from "../../../foundation/configuration/repository.ts";
import { StartupProblem } from "../../../foundation/configuration/startup-problem.ts";

/** An FFmpeg that can make MP3: a program of the machine, or the addon of a package, which our own program runs. */
export type Ffmpeg =
  | { kind: "program"; path: string }
  | { kind: "addon"; node: string; program: string; addon: string };

const run = promisify(execFile);

const SOON_ENOUGH = 15_000;

/** The packages that hold FFmpeg as an addon, by platform and processor. */
const packages: Record<string, string> = {
  "darwin-arm64": "@seydx/node-av-darwin-arm64",
  "darwin-x64": "@seydx/node-av-darwin-x64",
  "linux-arm64": "@seydx/node-av-linux-arm64",
  "linux-x64": "@seydx/node-av-linux-x64",
  "win32-x64": "@seydx/node-av-win32-x64-msvc",
};

/**
 * The FFmpeg to use: the one at the path that is given, else the machine's own, which its system keeps up to date, else
 * that of the package. Null: there is none. Throws StartupProblem if the given one cannot make MP3.
 */
export async function findFfmpeg(given: string | null): Promise<Ffmpeg | null> {
  if (given !== null) {
    if (await makesMp3(given)) return { kind: "program", path: given };
    throw new StartupProblem(
      `FFMPEG_PATH names ${given}, which is not an ffmpeg that can make MP3 (libmp3lame).`,
    );
  }
  if (await makesMp3("ffmpeg")) return { kind: "program", path: "ffmpeg" };
  return findAddon();
}

/** The FFmpeg of the package for this machine, if it is installed and runs here. */
export async function findAddon(): Promise<Ffmpeg | null> {
  const found = locateAddon();
  if (found === null) return null;
  try {
    await run(found.node, [found.program, found.addon], { timeout: SOON_ENOUGH });
    return found;
  } catch {
    // It needs the C library that most systems have, and Alpine has not.
    return null;
  }
}

function locateAddon() {
  const name = packages[`${process.platform}-${process.arch}`];
  const program = programs.find(existsSync);
  if (name === undefined || program === undefined) return null;
  try {
    const addon = createRequire(import.meta.url).resolve(`${name}/node-av.node`);
    return { kind: "addon" as const, node: process.execPath, program, addon };
  } catch {
    // Left out at the installation, as optional packages may be.
    return null;
  }
}

/** Our program for the addon: the source beside this file, or what the build made of it. */
const programs = [
  join(import.meta.dirname, "bundled/program.ts"),
  join(repositoryFolder, "server/dist/voice/program.js"),
];

async function makesMp3(program: string): Promise<boolean> {
  try {
    const { stdout } = await run(program, ["-hide_banner", "-encoders"], { timeout: SOON_ENOUGH });
    return stdout.includes("libmp3lame");
  } catch {
    return false;
  }
}
