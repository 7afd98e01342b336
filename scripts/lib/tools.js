// @ts-check
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { Failure, say } from "./failure.js";
import { capture, lastLines } from "./processes.js";

/**
 * @typedef {object} Tool a program of the machine that tests need
 * @property {string} name what people call it
 * @property {string[]} commands the names it has on different systems
 * @property {string} debianPackage
 * @property {string} [pathVariable] the environment variable that may name another one
 */

/** @type {Tool} */
const chromium = {
  name: "Chromium",
  commands: ["chromium", "chromium-browser", "google-chrome"],
  debianPackage: "chromium",
  pathVariable: "CHROMIUM_PATH",
};

/** @type {Tool} */
const firefox = {
  name: "Firefox",
  commands: ["firefox-esr", "firefox"],
  debianPackage: "firefox-esr",
  pathVariable: "FIREFOX_PATH",
};

/** @type {Tool} */
const redis = { name: "Redis", commands: ["redis-server"], debianPackage: "redis-server" };

/** It makes the recordings that tests convert; Grata itself brings one. @type {Tool} */
const ffmpeg = { name: "FFmpeg", commands: ["ffmpeg"], debianPackage: "ffmpeg" };

/** What every test run needs. */
export const serverTools = [redis, ffmpeg];

/** What tests in a browser need besides. */
export const browserTools = [chromium, firefox];

/** The Chromium of this machine, or the one that CHROMIUM_PATH names. */
export function findChromium() {
  return find(chromium);
}

/** The Firefox of this machine, or the one that FIREFOX_PATH names. */
export function findFirefox() {
  return find(firefox);
}

/**
 * Makes sure that the tools are there: those of the machine, else from Debian's packages if this user may install them,
 * else a Failure that says what to do.
 * @param {Tool[]} tools
 */
export async function ensureTools(tools) {
  const missing = tools.filter((tool) => !find(tool));
  if (missing.length === 0) {
    return;
  }
  const names = missing.map(({ name }) => name).join(" and ");
  const packages = missing.map(({ debianPackage }) => debianPackage);
  const command = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(" ")}`;
  if (!findCommand("apt-get")) {
    throw new Failure(`The tests need ${names}: please install what is missing and try again.`);
  }
  if (process.getuid?.() !== 0) {
    throw new Failure(`The tests need ${names}. Please run this as root and try again:\n  ${command}`);
  }
  say(`Installing ${names} (for the tests, once) ...`);
  const { code, output } = await capture("sh", ["-c", command], {
    environment: { DEBIAN_FRONTEND: "noninteractive" },
  });
  if (code !== 0 || !missing.every(find)) {
    throw new Failure(`${names} could not be installed:\n${lastLines(output)}`);
  }
}

/** @param {Tool} tool */
function find({ commands, pathVariable }) {
  return (pathVariable && process.env[pathVariable]) || commands.map(findCommand).find(Boolean);
}

/**
 * The path of a command in the PATH.
 * @param {string} command
 */
function findCommand(command) {
  const { PATH = "" } = process.env;
  return PATH.split(delimiter)
    .map((folder) => join(folder, command))
    .find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
