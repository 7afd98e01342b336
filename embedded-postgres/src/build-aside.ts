import { randomBytes } from "node:crypto";
import { readlinkSync } from "node:fs";
import { mkdtemp, open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { errorCode } from "./error-code.ts";
import { isAlive } from "./is-alive.ts";

/** Tells this process from an earlier one with the same id: in a container the id is the same at every start. */
const thisRun = randomBytes(4).toString("hex");

/** Names the container: process ids of another one say nothing here. Systems without containers have one name. */
const thisNamespace = readNamespace();

/** No builder takes longer. A leftover of another container that is younger may still be in use. */
const LONGEST_BUILD_MS = 600_000;

/**
 * Builds a folder in a temporary sibling and moves it to its place in one step, so that nobody ever sees it half-done.
 * `build` gets the sibling, which only we can enter, and returns the folder inside it that is to be moved. If somebody
 * else was faster, theirs stays and ours is dropped.
 */
export async function buildAside(place: string, build: (aside: string) => Promise<string>): Promise<void> {
  const aside = await mkdtemp(asideOf(place));
  try {
    await rename(await build(aside), place);
    await syncFolder(dirname(place));
  } catch (error) {
    if (!["EEXIST", "ENOTEMPTY"].includes(errorCode(error) ?? "")) {
      throw error;
    }
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** How the names of our temporary siblings of a place begin. */
export function asideOf(place: string): string {
  return `${place}.new-${thisNamespace}-${process.pid}-${thisRun}-`;
}

/**
 * Removes what builders left that were killed in the middle. What another container left goes once it is ten minutes
 * old, and what cannot be removed now is left for the next start.
 */
export async function removeLeftovers(place: string): Promise<void> {
  const prefix = `${basename(place)}.new-`;
  for (const name of await readdir(dirname(place))) {
    const path = join(dirname(place), name);
    if (name.startsWith(prefix) && !(await isInUse(path, name.slice(prefix.length)))) {
      // An initdb whose Grata was killed may still be writing there: it fails on its own as soon as its folder is gone.
      await rm(path, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
    }
  }
}

/** Makes the names in a folder durable: without it a rename can be forgotten in a power failure. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") {
    return; // Windows cannot open a folder.
  }
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function isInUse(path: string, label: string): Promise<boolean> {
  const [namespace, pid, run] = label.split("-");
  if (namespace === thisNamespace) {
    return run === thisRun || (Number(pid) !== process.pid && isAlive(Number(pid)));
  }
  const found = await stat(path).catch(() => undefined);
  return found === undefined || Date.now() - found.mtimeMs < LONGEST_BUILD_MS;
}

function readNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid").replace(/\D/g, "");
  } catch {
    return "0";
  }
}
