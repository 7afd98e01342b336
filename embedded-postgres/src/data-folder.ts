import { chmod, mkdir, realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { isRoot } from "./account.ts";

/**
 * Makes the data folder if it is missing and returns its real path. Nobody else may read it; as root others may pass
 * through it, because the user who runs PostgreSQL has to.
 */
export async function openDataFolder(dataFolder: string): Promise<string> {
  await makeFolder(resolve(dataFolder), isRoot() ? 0o711 : 0o700);
  return realpath(dataFolder);
}

/** Makes a folder and those above it if it is missing, with a mode that does not depend on the umask. */
export async function makeFolder(folder: string, mode: number): Promise<void> {
  if ((await mkdir(folder, { recursive: true, mode })) !== undefined) {
    await chmod(folder, mode);
  }
}
