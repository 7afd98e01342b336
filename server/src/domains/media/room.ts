import { mkdir, statfs } from "node:fs/promises";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { StoreFull } from "./store/port.ts";

/** So much stays free for everything else on the disk, the database above all: a twentieth of it, and at most this. */
const mostKeptFree = 1024 ** 3;
const shareKeptFree = 1 / 20;

type Log = { warn(sentence: string): void };

/** Watches whether there is room for files. While there is none uploads are refused, and the log says so once. */
export type Room = {
  /**
   * Runs what takes and stores so many bytes. Throws `storage_full` before it begins where they would leave too little
   * on the disk, and when there is no room for them after all.
   */
  take<Result>(bytes: number, work: () => Promise<Result>): Promise<Result>;
};

/** For the folder that uploads are written into. */
export function createRoom(folder: string, log: Log): Room {
  /** The size of what was refused first, until there is room for it: smaller files may fit meanwhile. */
  let lacking: number | null = null;

  function refuse(bytes: number, reason: string): never {
    if (lacking === null) {
      log.warn(
        `No room for a file of ${megabytes(bytes)} MB: ${reason}. Uploads are refused until there is.`,
      );
      lacking = bytes;
    }
    throw new Refusal("storage_full");
  }

  /** Why so many bytes more are too much for the disk; null: they are not. */
  async function reasonAgainst(bytes: number): Promise<string | null> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { bavail, bsize, blocks } = await statfs(folder);
    const free = bavail * bsize;
    // Some network file systems do not tell how large they are.
    const kept = Math.min(mostKeptFree, blocks * bsize * shareKeptFree);
    if (blocks === 0 || free - bytes >= kept) return null;
    return `${megabytes(free)} MB are free on the disk of ${folder}, and ${megabytes(kept)} MB of them are kept so`;
  }

  return {
    async take(bytes, work) {
      try {
        const reason = await reasonAgainst(bytes);
        if (reason !== null) refuse(bytes, reason);
        const result = await work();
        if (lacking !== null && (await reasonAgainst(lacking)) === null) {
          log.warn("There is room for files again.");
          lacking = null;
        }
        return result;
      } catch (error) {
        if (isNoRoom(error)) refuse(bytes, error.message);
        throw error;
      }
    },
  };
}

const megabytes = (bytes: number) => Math.floor(bytes / 1024 ** 2);

/** The disk is full, or what this user may have of it; or the bucket. */
function isNoRoom(error: unknown): error is Error {
  if (error instanceof StoreFull) return true;
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}
