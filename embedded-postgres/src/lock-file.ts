import { randomBytes } from "node:crypto";
import { linkSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { errorText } from "./error-code.ts";

/** A lock that lasts until it is released or this process ends, however it ends. */
export type FileLock = { release(): void };

/** SQLite's limit is 512 bytes, with the names of the files that it might make beside. */
const longestPath = 480;

/** A database that nobody refers to is closed, and its lock gone. */
const held = new Set<DatabaseSync>();

/**
 * Locks an empty file, or returns undefined if another process has. Node itself cannot lock, but SQLite can: the lock
 * that it takes before it writes is all that is used of it. Nothing else may open the file: to close it would unlock it.
 */
export function lockFile(path: string): FileLock | undefined {
  const { name, forget } = shortName(path);
  let file: DatabaseSync | undefined;
  try {
    file = new DatabaseSync(name);
    file.exec("PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE"); // In memory: nothing is written, also to a full disk.
  } catch (error) {
    file?.close();
    if (errorText(error) === "database is locked") {
      return undefined;
    }
    throw error;
  } finally {
    forget();
  }
  const locked = file;
  held.add(locked);
  return {
    release() {
      if (held.delete(locked)) locked.close();
    },
  };
}

/** Another name of the same file, for a moment, where its own is too long: in the nearest folder above. */
function shortName(path: string): { name: string; forget: () => void } {
  if (Buffer.byteLength(path) <= longestPath) {
    return { name: path, forget: () => {} };
  }
  let above = dirname(path);
  while (Buffer.byteLength(above) > longestPath - 40) above = dirname(above);
  const name = join(above, `.grata-lock-${randomBytes(4).toString("hex")}`);
  linkSync(path, name);
  return { name, forget: () => rmSync(name, { force: true }) };
}
