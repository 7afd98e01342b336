// @ts-check
import { build, outdated } from "./build.js";
import { install, isInstalled } from "./install.js";
import { alone } from "./lock.js";

/**
 * Installs the packages and builds these targets, as far as something changed since the last time. Returns at once, and
 * without writing anything, if nothing did.
 * @param {import("./build.js").Target[]} targets
 */
export async function prepare(targets) {
  if (isInstalled() && outdated(targets).length === 0) {
    return;
  }
  await alone(async (shareLock) => {
    if (!isInstalled()) {
      await install(shareLock);
    }
    const changed = outdated(targets);
    if (changed.length > 0) {
      await build(changed, shareLock);
    }
  });
}
