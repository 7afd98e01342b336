// @ts-check
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { say } from "./failure.js";
import { workshop } from "./paths.js";
import { identify, isAlive } from "./process-identity.js";

const lock = `${workshop}/lock`;
const ownDraft = `${lock}-${process.pid}`;
const pollMilliseconds = 200;

/**
 * Runs the work while no other command of this clone installs or builds; waits for one that does. The lock counts while
 * one of the processes named in it lives, so that a killed owner leaves nothing to clean up. The work may add a child
 * that would outlive it.
 * @template Result
 * @param {(share: (processId: number) => void) => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function alone(work) {
  mkdirSync(workshop, { recursive: true });
  const owners = [identify(process.pid)];
  await acquire(owners);
  try {
    return await work((processId) => {
      owners.push(identify(processId));
      writeDraft(owners);
      renameSync(ownDraft, lock);
    });
  } finally {
    rmSync(lock, { force: true });
  }
}

/** @param {string[]} owners */
async function acquire(owners) {
  writeDraft(owners);
  let told = false;
  try {
    while (!tryToLink()) {
      const holders = readOwners();
      if (holders && !holders.some(isAlive)) {
        removeAbandoned(holders);
        continue;
      }
      if (!told) {
        say("Another command is installing or building here; waiting for it ...");
        told = true;
      }
      await wait(pollMilliseconds);
    }
  } finally {
    rmSync(ownDraft, { force: true });
  }
}

/** @param {string[]} owners */
function writeDraft(owners) {
  writeFileSync(ownDraft, owners.join("\n"));
}

/** A link appears at once and with its content, or fails because there is one: a lock is never seen half-written. */
function tryToLink() {
  try {
    linkSync(ownDraft, lock);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") {
      return false;
    }
    throw error;
  }
}

function readOwners(path = lock) {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch {
    return undefined;
  }
}

/**
 * Takes the lock of dead owners away. Another waiter may have done so a moment ago and own the lock by now: what was
 * taken is looked at again, and given back.
 * @param {string[]} abandoned
 */
function removeAbandoned(abandoned) {
  const taken = `${lock}-taken-${process.pid}`;
  try {
    renameSync(lock, taken);
  } catch {
    return;
  }
  if (readOwners(taken)?.join() !== abandoned.join()) {
    linkSync(taken, lock);
  }
  rmSync(taken);
}
