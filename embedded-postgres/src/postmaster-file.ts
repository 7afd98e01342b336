import { link, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "./error-code.ts";

/** What a running server writes about itself. Fields are missing while it is still starting. */
export type PostmasterFile = {
  text: string;
  pid: number | undefined;
  port: number | undefined;
  /** The socket folder, or where it listens on TCP only, that address. */
  host: string | undefined;
  status: string | undefined;
};

/** Reads postmaster.pid; undefined if there is none. */
export async function readPostmasterFile(folder: string): Promise<PostmasterFile | undefined> {
  try {
    return parsePostmasterFile(await readFile(pathIn(folder), "utf8"));
  } catch (error) {
    if (errorCode(error) !== "ENOENT") {
      throw error;
    }
    return undefined;
  }
}

/** Takes postmaster.pid apart: pid, folder, start time, port, socket folder, address, shared memory, status. */
export function parsePostmasterFile(text: string): PostmasterFile {
  const [pid, , , port, socketFolder, address, , status] = text.split("\n").map((line) => line.trim());
  return {
    text,
    pid: Math.abs(Number(pid)) || undefined, // A single-user server writes its id with a minus.
    port: Number(port) || undefined,
    host: socketFolder || address || undefined,
    status: status || undefined,
  };
}

/** How long ago postmaster.pid was last written, in milliseconds. */
export async function ageOfPostmasterFile(folder: string): Promise<number> {
  return Date.now() - (await stat(pathIn(folder))).mtimeMs;
}

/**
 * Removes the postmaster.pid of a dead server that PostgreSQL itself would take for a living one. It is first moved
 * aside, because another Grata may have started a server since it was read: then that server gets its file back.
 */
export async function removePostmasterFile(folder: string, stale: PostmasterFile): Promise<void> {
  const aside = `${pathIn(folder)}.stale-${process.pid}`;
  try {
    await rename(pathIn(folder), aside);
  } catch (error) {
    if (errorCode(error) === "ENOENT") {
      return;
    }
    throw error;
  }
  if ((await readFile(aside, "utf8")) !== stale.text) {
    await link(aside, pathIn(folder)).catch(() => {});
  }
  await rm(aside);
}

function pathIn(folder: string): string {
  return join(folder, "postmaster.pid");
}
