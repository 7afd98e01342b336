// @ts-check
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { Failure, say } from "./failure.js";
import { fingerprint } from "./fingerprint.js";
import { removeUnusableNode } from "./node.js";
import { at } from "./paths.js";
import { capture } from "./processes.js";
import { readStamp, removeStamp, writeStamp } from "./stamp.js";

const packagesFolder = at("node_modules");

/**
 * No package needs its install script here, and none is to run code of its own on a developer's machine. Development
 * packages are named because NODE_ENV=production would leave them, and with them the build, out. The log level hides
 * the complaints about an old Node: it runs nothing but these scripts. Without a network npm gives up after 20 seconds
 * and not after 80.
 */
const npmParameters = [
  "ci",
  "--ignore-scripts",
  "--include=dev",
  "--include=optional",
  "--no-audit",
  "--no-fund",
  "--loglevel=error",
  "--fetch-retry-maxtimeout=10000",
];

/** Whether node_modules holds what the lock file and the package.json files say now. */
export function isInstalled() {
  return readStamp(packagesFolder) === wanted();
}

/**
 * Installs all packages. The caller holds the lock, and gives it to the process of npm too: that one works on when this
 * one is killed.
 * @param {(processId: number) => void} shareLock
 */
export async function install(shareLock) {
  const fingerprintAtStart = wanted();
  removeStamp(packagesFolder);
  say("Installing packages (at the first start, and when they changed) ...");
  const npm = findNpm();
  const { code, output } = await capture(npm.program, [...npm.parameters, ...npmParameters], {
    shell: npm.shell,
    onStart: shareLock,
    // Asked politely, npm would put the old packages back for a minute; the next start installs anew anyway.
    stopWith: "SIGKILL",
  });
  if (code !== 0) {
    throw new Failure(`The packages could not be installed:\n${messageOf(output)}`);
  }
  await removeUnusableNode();
  writeStamp(packagesFolder, fingerprintAtStart);
}

function wanted() {
  const { workspaces } = JSON.parse(readFileSync(at("package.json"), "utf8"));
  const packageFiles = workspaces.map((/** @type {string} */ folder) => `${folder}/package.json`);
  const files = fingerprint(["package.json", "package-lock.json", ".npmrc", ...packageFiles]);
  return `${files} ${process.platform} ${process.arch}`;
}

/** The npm that runs us, with the Node that runs it: ours is deleted while npm works. Without one, npm from the PATH. */
function findNpm() {
  const { npm_execpath: npm, npm_node_execpath: node = process.execPath } = process.env;
  if (npm && basename(npm).startsWith("npm")) {
    return { program: node, parameters: [npm], shell: false };
  }
  return { program: "npm", parameters: [], shell: process.platform === "win32" };
}

/**
 * What npm says about its failure; its stack, or a page of its manual, may follow.
 * @param {string} output
 */
function messageOf(output) {
  const [message = ""] = output.split(/^npm error +(?:at |Clean install a project|A complete log)/m);
  return message.split("\n").slice(0, 20).join("\n").trimEnd();
}
