import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";
import { errorCode } from "./error-code.ts";
import { currentPlatform, noBinariesProblem, packageFor } from "./platform.ts";
import { StartupProblem } from "./startup-problem.ts";

export type InstalledPackage = {
  /** The folder of the package; its programs lie in `native/bin`. */
  root: string;
  /** The version of the package, such as 18.4.0-beta.17. */
  version: string;
};

const manifest = z.object({ version: z.string() });

/** Finds the package with the PostgreSQL of this machine. Throws StartupProblem if there is none or it is not installed. */
export async function findInstalledPackage(): Promise<InstalledPackage> {
  const platform = await currentPlatform();
  const name = packageFor(platform);
  if (name === undefined) {
    throw noBinariesProblem(platform);
  }
  return readInstalledPackage(name);
}

/** Finds an installed package by its name. Throws StartupProblem if it is not installed. */
export async function readInstalledPackage(name: string): Promise<InstalledPackage> {
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = manifest.parse(JSON.parse(await readFile(join(root, "package.json"), "utf8")));
    return { root, version };
  } catch (error) {
    if (errorCode(error) !== "MODULE_NOT_FOUND") {
      throw error;
    }
    throw new StartupProblem(
      `The package ${name} is not installed: run "npm install" without leaving out optional packages, or set DATABASE_URL to a PostgreSQL server of version 15 or newer.`,
    );
  }
}
