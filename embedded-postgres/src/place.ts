import { createHash } from "node:crypto";
import { readlink, realpath, stat, symlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { type Account, findNobody, isRoot, otherAccount, uidOf } from "./account.ts";
import { makeFolder } from "./data-folder.ts";
import { errorCode } from "./error-code.ts";
import { exists } from "./exists.ts";
import { blockedAt } from "./reachable.ts";
import { StartupProblem } from "./startup-problem.ts";

/** Where root keeps what must not lie below a folder that only root can enter. */
export const systemFolder = "/var/lib/grata";

/** Where the cluster lies, and who runs PostgreSQL on it. */
export type Place = { folder: string; account: Account };

/** Twelve characters that stand for a path where the path itself would be too long. */
export function shortHash(path: string): string {
  return createHash("sha256").update(path).digest("hex").slice(0, 12);
}

/**
 * Decides where the cluster of a data folder lies and which user runs it. An existing cluster stays where it is with
 * the user who owns it. A new one belongs to us; as root to nobody, and where nobody cannot reach the data folder it
 * lies in /var/lib/grata with a link to it in the data folder, so that the data folder can be moved.
 * Throws StartupProblem if that user cannot get at it.
 */
export async function choosePlace(dataFolder: string): Promise<Place> {
  const usual = join(dataFolder, "postgres");
  const folder = (await whereItLies(usual)) ?? (await whereToMakeIt(dataFolder, usual));
  const account = (await ownerOf(folder)) ?? (isRoot() ? await findNobody() : { kind: "self" });
  const blocked = await blockedAt(dirname(folder), account);
  if (blocked !== undefined && account.kind === "other") {
    throw new StartupProblem(
      `The user ${account.name}, who runs PostgreSQL when Grata is started by root, cannot enter ${blocked}, where the database lies: allow it with "chmod a+x ${blocked}".`,
    );
  }
  return { folder, account };
}

async function whereItLies(usual: string): Promise<string | undefined> {
  const existing = await realpath(usual).catch(() => undefined);
  return (
    existing ??
    readlink(usual).then(
      (target) => resolve(dirname(usual), target),
      () => undefined,
    )
  );
}

async function whereToMakeIt(dataFolder: string, usual: string): Promise<string> {
  if (!isRoot() || (await blockedAt(dataFolder, await findNobody())) === undefined) {
    return usual;
  }
  const elsewhere = join(systemFolder, shortHash(dataFolder), "postgres");
  await makeFolder(systemFolder, 0o711);
  await makeFolder(dirname(elsewhere), 0o711);
  await symlink(elsewhere, usual).catch((error: unknown) => {
    if (errorCode(error) !== "EEXIST") {
      throw error;
    }
  });
  return elsewhere;
}

/** The owner of an existing cluster; undefined if there is none yet. */
async function ownerOf(folder: string): Promise<Account | undefined> {
  const owner = await stat(join(folder, "PG_VERSION")).catch((error: unknown) => {
    if (errorCode(error) === "EACCES") {
      throw foreignProblem(folder, "another user");
    }
  });
  if (owner === undefined) {
    return undefined;
  }
  if (isRoot() && owner.uid !== 0) {
    return otherAccount(`with the id ${owner.uid}`, owner.uid, owner.gid);
  }
  if (isRoot()) {
    throw new StartupProblem(
      `The database in ${folder} belongs to root, as whom PostgreSQL refuses to run: give it to another user with "chown -R nobody ${folder}".`,
    );
  }
  if (process.platform !== "win32" && owner.uid !== uidOf({ kind: "self" })) {
    throw foreignProblem(folder, `the user with the id ${owner.uid}`);
  }
  return { kind: "self" };
}

function foreignProblem(folder: string, owner: string): StartupProblem {
  return new StartupProblem(
    `The database in ${folder} belongs to ${owner}: start Grata as that user or as root, or choose another folder with GRATA_DATA.`,
  );
}

/** True if PostgreSQL has set up a cluster in a folder. */
export function isCluster(folder: string): Promise<boolean> {
  return exists(join(folder, "PG_VERSION"));
}
