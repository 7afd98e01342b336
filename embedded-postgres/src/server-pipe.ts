import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { errorCode, errorText } from "./error-code.ts";
import { exists } from "./exists.ts";
import { giveToOwnerOf, inOwnerFolder } from "./owner-folder.ts";
import { StartupProblem } from "./startup-problem.ts";

/**
 * A named pipe beside the cluster that every process of its PostgreSQL inherits and holds open to its end. The kernel
 * knows whether somebody has it open, so that also those can see that it runs who cannot see its processes: from
 * another container, while it is stopped, and when only its last child is left.
 */
const name = "postgres";

/** Windows has no containers that share a folder with processes of their own. */
const available = process.platform !== "win32";

/** Opens the pipe of a cluster for a server that is about to be started; undefined where there are none. */
export async function openServerPipe(cluster: string): Promise<FileHandle | undefined> {
  if (!available) {
    return undefined;
  }
  const folder = dirname(cluster);
  const path = inOwnerFolder(folder, name);
  if (!(await exists(path))) {
    await makePipe(folder, path);
  }
  const pipe = await open(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  if ((await pipe.stat()).isFIFO()) {
    return pipe;
  }
  await pipe.close();
  throw new StartupProblem(`${path} is not what Grata made there: remove it and start Grata again.`);
}

/** True if a process of the PostgreSQL of a cluster lives, wherever that is on this machine. */
export async function isServerPipeHeld(cluster: string): Promise<boolean> {
  if (!available) {
    return false;
  }
  try {
    const path = inOwnerFolder(dirname(cluster), name);
    const pipe = await open(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    await pipe.close();
    return true;
  } catch (error) {
    // No process reads from the pipe, or no server has ever run.
    if (["ENXIO", "ENOENT"].includes(errorCode(error) ?? "")) {
      return false;
    }
    throw error;
  }
}

async function makePipe(folder: string, path: string): Promise<void> {
  try {
    await promisify(execFile)("mkfifo", ["-m", "600", path]);
    await giveToOwnerOf(folder, path);
  } catch (error) {
    throw new StartupProblem(
      `A named pipe cannot be made at ${path} (${errorText(error).trim()}): choose a folder on a file system that can hold one with GRATA_DATA, and install mkfifo if it is missing.`,
    );
  }
}
