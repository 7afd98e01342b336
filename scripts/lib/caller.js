// @ts-check
import { readFileSync } from "node:fs";
import { parentOf } from "./process-identity.js";

const pollMilliseconds = 250;

/** Those who started us, noted at once: they may be gone before anybody asks to be told. */
const parent = process.ppid;
const npm = isShell(parent) ? parentOf(parent) : undefined;

/**
 * Calls `act` when the npm that runs this command is gone. npm passes a signal on to the shell between us only, which
 * ends without telling us; the program would run on where nobody sees it. The returned function undoes it.
 * @param {() => void} act
 */
export function onCallerGone(act) {
  const { npm_lifecycle_event: npmScript } = process.env;
  if (!npmScript) {
    return () => {};
  }
  const timer = setInterval(() => {
    if (process.ppid !== parent || (npm && parentOf(parent) !== npm)) {
      clearInterval(timer);
      act();
    }
  }, pollMilliseconds);
  timer.unref();
  return () => clearInterval(timer);
}

/** @param {number} processId */
function isShell(processId) {
  try {
    return readFileSync(`/proc/${processId}/cmdline`, "utf8").includes("\0-c\0");
  } catch {
    return false;
  }
}
