import { mkdir, statfs } from "node:fs/promises";
import { Refusal } from "../refusal.ts";
import { StoreFull } from "./store/port.ts";

/** So much stays free for everything else on the disk, the database above all: a twentieth of it, and at most this. */
const mostKeptFree = 1024 ** 3;
const shareKeptFree = 1 / 20;

type Log = { warn(sentence: string): void };

/** Watches whether there is room for files. While there is none uploads are refused, and the log says so once. */
export type Room = {
  /** Throws `storage_full` where so many bytes more would leave too little on the disk. */
  require(bytes: number): Promise<void>;
  /** Runs what stores files. Throws `storage_full` when there is no room for them after all. */
  guard<Result>(work: () => Promise<Result>): Promise<Result>;
};

/** For the folder that uploads are written into. */
export function createRoom(folder: string, log: Log): Room {
  let isFull = false;

  function refuse(reason: string): never {
    if (!isFull)
      log.warn(`No room for files: ${reason}. Uploads are refused until there is; nothing else is.`);
    isFull = true;
    throw new Refusal("storage_full");
  }

  async function guard<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (isNoRoom(error)) refuse(error.message);
      throw error;
    }
  }

  return {
    async require(bytes) {
      await guard(() => mkdir(folder, { recursive: true, mode: 0o700 }));
      const { bavail, bsize, blocks } = await statfs(folder);
      const left = bavail * bsize - bytes;
      // Some network file systems do not tell how large they are.
      const kept = Math.min(mostKeptFree, blocks * bsize * shareKeptFree);
      if (blocks > 0 && left < kept) {
        refuse(
          `${megabytes(bavail * bsize)} MB are free on the disk of ${folder}, of which ${megabytes(kept)} MB are kept`,
        );
      }
    },
    async guard(work) {
      const result = await guard(work);
      if (isFull) log.warn("There is room for files again.");
      isFull = false;
      return result;
    },
  };
}

const megabytes = (bytes: number) => Math.floor(bytes / 1024 ** 2);

/** The disk is full, or what this user may have of it; or the bucket. */
function isNoRoom(error: unknown): error is Error {
  if (error instanceof StoreFull) return true;
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}
