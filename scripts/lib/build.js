// @ts-check
import { existsSync, renameSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Failure, say } from "./failure.js";
import { fingerprint } from "./fingerprint.js";
import { findNode } from "./node.js";
import { at, workshop } from "./paths.js";
import { capture } from "./processes.js";
import { readStamp, removeStamp, writeStamp } from "./stamp.js";
import { viteBuild, viteConfigurations } from "./vite.js";

/** @typedef {"server" | "console" | "widget"} Target a workspace with a dist folder */

/** What each target is made of, besides the packages and the way of building. */
const sources = {
  server: ["server/package.json", "server/src", "embedded-postgres", "contract"],
  console: ["console", "client", "contract"],
  widget: ["widget", "client", "contract"],
};
const commonSources = ["package-lock.json", "tsconfig.base.json", "scripts/lib"];

/**
 * Those of the targets whose dist folder is missing or was built from other sources.
 * @param {Target[]} targets
 */
export function outdated(targets) {
  return targets.filter((target) => readStamp(distOf(target)) !== fingerprintOf(target));
}

/**
 * The fingerprint of all that the target is made of.
 * @param {Target} target
 */
export function fingerprintOf(target) {
  return fingerprint([...commonSources, ...sources[target]]);
}

/**
 * Builds the targets side by side. Each is built in the workshop and stamped there before it takes its place, so that
 * whatever is killed, a dist folder with the right stamp is whole. The caller holds the lock, and gives it to the
 * builders too: they work on when this process is killed.
 * @param {Target[]} targets
 * @param {(processId: number) => void} shareLock
 */
export async function build(targets, shareLock) {
  say(`Building ${targets.join(", ")} ...`);
  const results = await Promise.allSettled(targets.map((target) => buildOne(target, shareLock)));
  for (const result of results) {
    if (result.status === "rejected") {
      throw result.reason;
    }
  }
}

/**
 * Says that the dist folder of the target is about to be changed by something else than a build of ours.
 * @param {Target} target
 */
export function forgetBuild(target) {
  removeStamp(distOf(target));
}

/**
 * @param {Target} target
 * @param {(processId: number) => void} shareLock
 */
async function buildOne(target, shareLock) {
  const fingerprintAtStart = fingerprintOf(target);
  const draft = `${workshop}/${target}`;
  rmSync(draft, { recursive: true, force: true });
  for (const command of buildCommands(target, draft)) {
    const { code, output } = await capture(findNode(), command, { folder: at(target), onStart: shareLock });
    if (code !== 0) {
      throw new Failure(`The ${target} could not be built:\n${output.trimEnd()}`);
    }
  }
  writeStamp(draft, fingerprintAtStart);
  replace(distOf(target), draft);
}

/**
 * @param {Target} target
 * @param {string} outputFolder
 */
function buildCommands(target, outputFolder) {
  if (target === "server") {
    return [[fileURLToPath(new URL("build-server.js", import.meta.url)), outputFolder]];
  }
  return viteConfigurations[target].map((name) => viteBuild(name, ["--outDir", outputFolder]));
}

/**
 * @param {string} folder
 * @param {string} draft
 */
function replace(folder, draft) {
  const previous = `${draft}-previous`;
  rmSync(previous, { recursive: true, force: true });
  if (existsSync(folder)) {
    renameSync(folder, previous);
  }
  renameSync(draft, folder);
  rmSync(previous, { recursive: true, force: true });
}

/** @param {Target} target */
function distOf(target) {
  return at(`${target}/dist`);
}
