import { lchown, lstat, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isRoot } from "./account.ts";
import { errorCode } from "./error-code.ts";
import { StartupProblem } from "./startup-problem.ts";

/** A path in the folder beside a cluster where its owner holds a lock and says who it is. */
export function inOwnerFolder(folder: string, name: string): string {
  return join(folder, "owner", name);
}

/** Makes the owner folder, and the empty file in it that is to be locked, where they are missing. */
export async function makeOwnerFolder(folder: string): Promise<void> {
  const ownerFolder = inOwnerFolder(folder, "");
  const lock = inOwnerFolder(folder, "lock");
  await mkdir(ownerFolder, { mode: 0o700 }).then(() => giveToOwnerOf(folder, ownerFolder), unlessExisting);
  await writeFile(lock, "", { flag: "wx", mode: 0o600 }).then(
    () => giveToOwnerOf(folder, lock),
    unlessExisting,
  );
  // The ordinary user to whom a data folder belongs must not lead root elsewhere.
  if (!(await lstat(join(ownerFolder, "."))).isDirectory() || !(await lstat(lock)).isFile()) {
    throw new StartupProblem(`${ownerFolder} is not what Grata made there: remove it and start Grata again.`);
  }
}

/** Writes a file in the owner folder anew, so that nobody ever reads half of it. Only the owner may do so. */
export async function writeInOwnerFolder(folder: string, name: string, text: string): Promise<void> {
  const path = inOwnerFolder(folder, name);
  const draft = `${path}.new`;
  await rm(draft, { force: true });
  await writeFile(draft, text, { flag: "wx", mode: 0o600 });
  await giveToOwnerOf(folder, draft);
  await rename(draft, path);
}

/** Hands what root made in a user's data folder to that user, whose own Grata will need it too. */
export async function giveToOwnerOf(folder: string, made: string): Promise<void> {
  const { uid, gid } = await stat(folder);
  if (isRoot() && uid !== 0) {
    await lchown(made, uid, gid);
  }
}

function unlessExisting(error: unknown): void {
  if (errorCode(error) !== "EEXIST") {
    throw error;
  }
}
