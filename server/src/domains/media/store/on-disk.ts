import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type ByteRange, type Content, type ContentKey, ContentMissing, type FileStore } from "./port.ts";

/** Keeps contents in a folder: `<organisation>/<two letters>/<hash>`. What is half written lies in `incoming`. */
export function openDiskStore(folder: string, incoming: string): FileStore {
  const placeOf = ({ organisationId, hash }: ContentKey) =>
    join(folder, organisationId, hash.slice(0, 2), hash);

  return {
    async put(key, content) {
      const place = placeOf(key);
      // A content has its name only when it is whole.
      if (await exists(place)) return;
      await mkdir(dirname(place), { recursive: true, mode: 0o700 });
      const written = await writeDown(content, incoming);
      await rename(written, place);
      await flush(dirname(place));
    },
    async read(key, range) {
      return openToRead(placeOf(key), key, range);
    },
    async remove(key) {
      await rm(placeOf(key), { force: true });
    },
  };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** The content as a file beside its later place, flushed to the disk. */
async function writeDown(content: Content, incoming: string): Promise<string> {
  if (!Buffer.isBuffer(content)) {
    await flush(content.path);
    return content.path;
  }
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const path = join(incoming, randomUUID());
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } catch (error) {
    // On a full disk every half of a file is one too many.
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return path;
}

async function flush(path: string): Promise<void> {
  const file = await open(path, constants.O_RDONLY);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function openToRead(path: string, key: ContentKey, range: ByteRange | undefined) {
  try {
    const file = await open(path, "r");
    return file.createReadStream(range);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") throw new ContentMissing(key);
    throw error;
  }
}
