import { chmod, cp, lstat, readdir, readFile, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import type { Account } from "./account.ts";
import { buildAside, removeLeftovers } from "./build-aside.ts";
import { makeFolder } from "./data-folder.ts";
import { errorCode } from "./error-code.ts";
import { exists } from "./exists.ts";
import type { InstalledPackage } from "./installed-package.ts";
import { blockedAt } from "./reachable.ts";

/** The paths of the PostgreSQL programs. */
export type Binaries = { initdb: string; postgres: string; pgCtl: string };

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Makes the programs of the package ready to be run by an account: where they are, or as a copy below `copyFolder` if
 * the account cannot reach them or the links to their libraries are missing and cannot be made there.
 */
export async function prepareBinaries(
  installed: InstalledPackage,
  account: Account,
  copyFolder: string,
): Promise<Binaries> {
  const usable = (await isReachable(installed.root, account)) && (await linkLibraries(installed.root));
  const bin = join(usable ? installed.root : await copyPackage(installed, copyFolder), "native", "bin");
  const program = (name: string) => join(bin, process.platform === "win32" ? `${name}.exe` : name);
  return { initdb: program("initdb"), postgres: program("postgres"), pgCtl: program("pg_ctl") };
}

async function isReachable(root: string, account: Account): Promise<boolean> {
  const needed = ["native/bin", "native/lib", "native/share/postgresql"];
  const blocked = await Promise.all(needed.map((folder) => blockedAt(join(root, folder), account)));
  return blocked.every((folder) => folder === undefined);
}

/** npm makes these links by an install script; where scripts are off, we do. Returns false if the folder is read-only. */
async function linkLibraries(root: string): Promise<boolean> {
  const list = await readFile(join(root, "native/pg-symlinks.json"), "utf8").catch(unless("ENOENT"));
  const wanted = links.parse(JSON.parse(list ?? "[]"));
  try {
    await Promise.all(
      wanted.map(({ source, target }) => linkLibrary(join(root, source), join(root, target))),
    );
    return true;
  } catch (error) {
    if (["EACCES", "EPERM", "EROFS"].includes(errorCode(error) ?? "")) {
      return false;
    }
    throw error;
  }
}

async function linkLibrary(source: string, target: string): Promise<void> {
  const exists = await lstat(target).catch(() => undefined);
  if (!exists) {
    await symlink(relative(dirname(target), source), target).catch(unless("EEXIST"));
  }
}

async function copyPackage({ root, version }: InstalledPackage, copyFolder: string): Promise<string> {
  const place = join(copyFolder, `postgres-binaries-${version}`);
  if (await exists(place)) {
    return place;
  }
  await makeFolder(copyFolder, 0o711);
  await buildAside(place, async (aside) => {
    const copy = join(aside, "package");
    await cp(root, copy, { recursive: true, verbatimSymlinks: true });
    await openToAll(copy);
    await linkLibraries(copy);
    return copy;
  });
  await removeLeftovers(place);
  return place;
}

/** npm installs with the umask of the operator, which may have kept everybody else out. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isSymbolicLink()) {
      await chmod(path, entry.isDirectory() || (await lstat(path)).mode & 0o100 ? 0o755 : 0o644);
    }
  }
}

function unless(code: string): (error: unknown) => undefined {
  return (error) => {
    if (errorCode(error) !== code) {
      throw error;
    }
  };
}
