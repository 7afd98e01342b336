import type { Address } from "./address.ts";
import { isCluster } from "./place.ts";
import { ageOfPostmasterFile, type PostmasterFile, readPostmasterFile } from "./postmaster-file.ts";
import { inspectProcess } from "./postmaster-process.ts";
import { isServerPipeHeld } from "./server-pipe.ts";

export type PostmasterState =
  /** There is no cluster yet. */
  | { kind: "absent" }
  /** No server runs; PostgreSQL may be started. */
  | { kind: "stopped" }
  /** No server runs, but the file that one left would keep PostgreSQL from starting. */
  | { kind: "obstructed"; file: PostmasterFile }
  /** One lives that we cannot see: in another container, or the last child of one that was killed. */
  | { kind: "elsewhere" }
  | { kind: "starting"; pid: number | undefined }
  | { kind: "stopping"; pid: number }
  | { kind: "ready"; pid: number; address: Address };

/** A server writes its file at once: one that says nothing for longer was left by a power failure. */
const unwrittenFor = 2_000;

/**
 * Finds out in what state the server of a cluster is: from the file it writes, the process that file names, and, as
 * such a process may be one of another container, from the pipe that it holds.
 */
export async function observePostmaster(folder: string): Promise<PostmasterState> {
  const state = await observeHere(folder);
  const seemsDead = state.kind === "stopped" || state.kind === "obstructed";
  return seemsDead && (await isServerPipeHeld(folder)) ? { kind: "elsewhere" } : state;
}

async function observeHere(folder: string): Promise<PostmasterState> {
  const file = await readPostmasterFile(folder);
  if (file === undefined) {
    return { kind: (await isCluster(folder)) ? "stopped" : "absent" };
  }
  if (file.pid === undefined) {
    const age = await ageOfPostmasterFile(folder).catch(() => 0);
    return age > unwrittenFor ? { kind: "obstructed", file } : { kind: "starting", pid: undefined };
  }
  switch (await inspectProcess(file.pid, folder)) {
    case "gone":
      return { kind: "stopped" };
    case "other":
      return { kind: "obstructed", file };
    case "postmaster":
      return livingState(file.pid, file);
  }
}

function livingState(pid: number, { status, host, port }: PostmasterFile): PostmasterState {
  if (status === "stopping") {
    return { kind: "stopping", pid };
  }
  if (status === "ready" && host !== undefined && port !== undefined) {
    return { kind: "ready", pid, address: { host, port } };
  }
  return { kind: "starting", pid };
}
