// @ts-check
import { readFileSync } from "node:fs";

/**
 * A name for a running process that no later one shares, where the system tells the time of its start (Linux); else its
 * number. A container starts its processes with the same numbers each time.
 * @param {number} processId
 */
export function identify(processId) {
  return `${processId} ${startTime(processId)}`;
}

/**
 * Whether the process of that name still runs. One that ended and that nobody asked for its end (in a container without
 * an init process) does not.
 * @param {string} identity
 */
export function isAlive(identity) {
  const processId = Number.parseInt(identity, 10);
  try {
    process.kill(processId, 0);
  } catch (error) {
    const belongsToAnother = error instanceof Error && "code" in error && error.code === "EPERM";
    if (!belongsToAnother) {
      return false;
    }
  }
  return identify(processId) === identity && readStatus(processId)?.[0] !== "Z";
}

/**
 * The number of the process that started this one, where the system tells (Linux).
 * @param {number} processId
 */
export function parentOf(processId) {
  return Number(readStatus(processId)?.[1]);
}

/** @param {number} processId */
function startTime(processId) {
  return readStatus(processId)?.[19] ?? "";
}

/**
 * The fields after the program's name, which stands in brackets and may hold spaces.
 * @param {number} processId
 */
function readStatus(processId) {
  try {
    const status = readFileSync(`/proc/${processId}/stat`, "utf8");
    return status.slice(status.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}
