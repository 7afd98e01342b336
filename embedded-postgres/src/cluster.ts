import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Account, isRoot } from "./account.ts";
import { type Binaries, prepareBinaries } from "./binaries.ts";
import { openDataFolder } from "./data-folder.ts";
import { errorCode, errorText } from "./error-code.ts";
import { findInstalledPackage, type InstalledPackage } from "./installed-package.ts";
import { noSpaceProblem } from "./no-space.ts";
import { createPassword, readPassword } from "./password.ts";
import { choosePlace, isCluster, systemFolder } from "./place.ts";
import { StartupProblem } from "./startup-problem.ts";

/** All that is needed to set up, start and reach the PostgreSQL of a data folder. */
export type Cluster = {
  dataFolder: string;
  folder: string;
  account: Account;
  password: string;
  binaries: Binaries;
};

/**
 * Gathers what is known of the cluster of a data folder, whether it exists already or not.
 * Throws StartupProblem on whatever the operator must mend.
 */
export async function describeCluster(dataFolder: string): Promise<Cluster> {
  const installed = await findInstalledPackage();
  try {
    return await describe(await openDataFolder(dataFolder), installed);
  } catch (error) {
    if (error instanceof StartupProblem || errorCode(error) === undefined) {
      throw error;
    }
    const noSpace = noSpaceProblem(resolve(dataFolder), errorText(error));
    if (noSpace !== undefined) {
      throw noSpace;
    }
    throw new StartupProblem(
      `Grata cannot prepare its data folder ${resolve(dataFolder)} (${errorText(error)}): mend that, or choose another folder with GRATA_DATA.`,
    );
  }
}

async function describe(dataFolder: string, installed: InstalledPackage): Promise<Cluster> {
  const { folder, account } = await choosePlace(dataFolder);
  const binaries = await prepareBinaries(installed, account, isRoot() ? systemFolder : dataFolder);
  const exists = await isCluster(folder);
  if (exists) {
    await refuseOtherVersion(folder, installed);
  }
  const password = await (exists ? readPassword : createPassword)(dataFolder);
  return { dataFolder, folder, account, password, binaries };
}

async function refuseOtherVersion(folder: string, installed: InstalledPackage): Promise<void> {
  const written = (await readFile(join(folder, "PG_VERSION"), "utf8")).trim();
  const [brought] = installed.version.split(".");
  if (written !== brought) {
    throw new StartupProblem(
      `The database in ${folder} was written by PostgreSQL ${written} and this Grata brings PostgreSQL ${brought}: start the version of Grata that wrote it, make a backup there, and restore that here into a new folder.`,
    );
  }
}
