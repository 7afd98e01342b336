import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Address, chooseAddress } from "./address.ts";
import { removeLeftovers } from "./build-aside.ts";
import { type Claim, claimServer } from "./claim.ts";
import type { Cluster } from "./cluster.ts";
import { nameHolder, readHolder } from "./holder.ts";
import { initialise } from "./initialise.ts";
import { type Launched, launch, stopLaunched } from "./launch.ts";
import { noSpaceProblem } from "./no-space.ts";
import { watchPatience } from "./patience.ts";
import { removePostmasterFile } from "./postmaster-file.ts";
import { observePostmaster, type PostmasterState } from "./postmaster-state.ts";
import { removeStaleSocketLocks } from "./socket-lock.ts";
import { StartupProblem } from "./startup-problem.ts";
import { stopPostmaster } from "./stop-postmaster.ts";
import { elsewhereProblem } from "./taken-problem.ts";

/** How a server was acquired, or who else has it. */
export type Acquired = Extract<Claim, { kind: "owned" | "taken" }>;

/** How many milliseconds a server may be found in each state before we give up. */
export type Patience = Record<PostmasterState["kind"], number>;

const patience: Patience = {
  absent: 15_000,
  stopped: 15_000,
  obstructed: 15_000,
  elsewhere: 15_000,
  starting: 600_000, // After a crash it repeats what is in its log before it is ready.
  stopping: 120_000,
  ready: 15_000,
};

/**
 * Brings the server of a cluster up, from whatever state it is in, and claims it: sets the cluster up, starts
 * PostgreSQL or adopts what a killed Grata left, and waits while it starts or stops. Only the owner of the data folder
 * may call it. Returns `taken` if an older Grata, which knows no owner's lock, has claimed it. `before` is where it was
 * when we had it already: then it must still exist, and listens there again. Throws StartupProblem if PostgreSQL cannot
 * be started, or stays in one state for too long. When the signal comes it stops the server, and throws the signal's reason.
 */
export async function acquire(
  cluster: Cluster,
  { before, limits = patience, signal }: { before?: Address; limits?: Patience; signal?: AbortSignal } = {},
): Promise<Acquired> {
  const isOutOfPatience = watchPatience(limits);
  let launched: Launched | undefined;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const state = await observePostmaster(cluster.folder);
      let seen = state.kind;
      switch (state.kind) {
        case "absent":
          if (before !== undefined) {
            throw new StartupProblem(`The database is no longer in ${cluster.folder}: put it back there.`);
          }
          await initialise(cluster, signal);
          break;
        case "stopped":
          launched = await launchAgain(cluster, launched, before);
          break;
        case "obstructed":
          await removePostmasterFile(cluster.folder, state.file);
          break;
        case "elsewhere": // Ours, too, before it has written its file.
        case "starting":
        case "stopping":
          break;
        case "ready": {
          const claim = await claimServer(cluster, state.address);
          if (claim.kind === "owned" || claim.kind === "taken") {
            await removeLeftovers(cluster.folder);
            return claim;
          }
          seen = claim.kind === "busy" ? "starting" : seen;
        }
      }
      if (isOutOfPatience(seen)) {
        throw await outOfPatience(cluster, state, launched);
      }
      await delay(10);
    }
  } catch (error) {
    if (signal?.aborted) {
      await abandon(cluster, launched);
    }
    throw error;
  }
}

/** Stops the server that we started, which may not have written its file yet, or else the one that we found. */
async function abandon(cluster: Cluster, launched: Launched | undefined): Promise<void> {
  if (launched !== undefined) {
    await stopLaunched(launched);
  }
  await stopPostmaster(cluster);
}

/** Starts PostgreSQL, unless the one that we started is still on its way or has failed for good. */
async function launchAgain(
  cluster: Cluster,
  launched: Launched | undefined,
  before: Address | undefined,
): Promise<Launched> {
  if (launched === undefined || launched.ending?.inTheWay) {
    const address = await chooseAddress(cluster, before);
    await removeStaleSocketLocks(address, cluster.folder);
    return launch(cluster, address);
  }
  if (launched.ending !== undefined) {
    const noSpace = noSpaceProblem(cluster.folder, launched.ending.complaint);
    if (noSpace !== undefined) {
      throw noSpace;
    }
    throw new StartupProblem(
      `PostgreSQL does not start on the database in ${cluster.folder} (${launched.ending.complaint}): mend that and start Grata again; more is in the folder log there.`,
    );
  }
  return launched;
}

async function outOfPatience(
  cluster: Cluster,
  state: PostmasterState,
  launched: Launched | undefined,
): Promise<StartupProblem> {
  if (state.kind === "elsewhere") {
    return elsewhereProblem(
      cluster,
      await nameHolder(await readHolder(dirname(cluster.folder), "server.json")),
    );
  }
  const server = "pid" in state && state.pid !== undefined ? `process ${state.pid}` : "no process";
  const complaint = launched?.ending?.complaint;
  return new StartupProblem(
    `The PostgreSQL server of ${cluster.folder} (${server}) is "${state.kind}" and does not become usable${complaint ? ` (${complaint})` : ""}: end that process and start Grata again.`,
  );
}
