import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Cluster } from "./cluster.ts";
import { errorText } from "./error-code.ts";
import { describeOurselves, type Holder, readHolder, writeHolder } from "./holder.ts";
import { type FileLock, lockFile } from "./lock-file.ts";
import { noSpaceProblem } from "./no-space.ts";
import { inOwnerFolder, makeOwnerFolder } from "./owner-folder.ts";
import { StartupProblem } from "./startup-problem.ts";

/** The right to start, adopt and stop the PostgreSQL of a data folder. One process has it at a time. */
export type Ownership = {
  /** Says where our server answers. */
  announce(address: string): Promise<void>;
  release(): void;
};

/** An owner that was told to stop may need a moment for the last of it. */
const releasedWithin = 2_000;

/**
 * Becomes the owner, or returns undefined if another process is. It is a lock that the kernel keeps for the file itself:
 * it holds between containers, which see neither each other's processes nor sockets, while its holder is stopped, and
 * on a network file system between machines; it ends with its holder, however that ends.
 */
export async function takeOwnership(cluster: Cluster): Promise<Ownership | undefined> {
  const deadline = Date.now() + releasedWithin;
  try {
    for (;;) {
      const locks = await lockAll(cluster);
      if (locks !== undefined) {
        return await own(cluster, locks);
      }
      if (Date.now() > deadline) {
        return undefined;
      }
      await delay(20);
    }
  } catch (error) {
    throw ownershipProblem(cluster, error);
  }
}

function ownershipProblem({ dataFolder }: Cluster, error: unknown): unknown {
  if (error instanceof StartupProblem) {
    return error;
  }
  return (
    noSpaceProblem(dataFolder, errorText(error)) ??
    new StartupProblem(
      `The data folder ${dataFolder} cannot be locked (${errorText(error)}): mend that, or choose another folder with GRATA_DATA.`,
    )
  );
}

async function own(cluster: Cluster, locks: FileLock[]): Promise<Ownership> {
  const ourselves = await describeOurselves();
  const tell = async (more: Partial<Holder>) => {
    for (const folder of foldersOf(cluster)) {
      await writeHolder(folder, "holder.json", { ...ourselves, ...more });
    }
  };
  try {
    await tell({});
  } catch (error) {
    releaseAll(locks);
    throw error;
  }
  return { announce: (address) => tell({ address }), release: () => releaseAll(locks) };
}

/** Tells which process owns the PostgreSQL of a data folder now, if any does. */
export async function findOwner(cluster: Cluster): Promise<Holder | undefined> {
  const locks = await lockAll(cluster);
  if (locks === undefined) {
    return readOwner(cluster);
  }
  releaseAll(locks);
  return undefined;
}

/** Reads which process was the last to say that it owns it. */
export async function readOwner(cluster: Cluster): Promise<Holder | undefined> {
  const [folder = cluster.dataFolder, other = folder] = foldersOf(cluster);
  return (await readHolder(folder, "holder.json")) ?? readHolder(other, "holder.json");
}

/** A cluster may lie elsewhere, with a link to it: two data folders may have the same one, or one folder two. */
function foldersOf({ dataFolder, folder }: Cluster): string[] {
  return [...new Set([dataFolder, dirname(folder)])];
}

async function lockAll(cluster: Cluster): Promise<FileLock[] | undefined> {
  const locks: FileLock[] = [];
  for (const folder of foldersOf(cluster)) {
    await makeOwnerFolder(folder);
    const lock = lockFile(inOwnerFolder(folder, "lock"));
    if (lock === undefined) {
      releaseAll(locks);
      return undefined;
    }
    locks.push(lock);
  }
  return locks;
}

function releaseAll(locks: FileLock[]): void {
  for (const lock of locks) lock.release();
}
