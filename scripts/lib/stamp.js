// @ts-check
import { readFileSync, rmSync, writeFileSync } from "node:fs";

/**
 * What a stamp says was installed or built there; nothing if there is none.
 * @param {string} folder
 */
export function readStamp(folder) {
  try {
    return readFileSync(stampIn(folder), "utf8");
  } catch {
    return undefined;
  }
}

/**
 * Records that the folder is finished; to be written last.
 * @param {string} folder
 * @param {string} fingerprint
 */
export function writeStamp(folder, fingerprint) {
  writeFileSync(stampIn(folder), fingerprint);
}

/**
 * Says that the folder is no longer what its stamp promised; to be done before the first change in it.
 * @param {string} folder
 */
export function removeStamp(folder) {
  rmSync(stampIn(folder), { force: true });
}

/** @param {string} folder */
function stampIn(folder) {
  return `${folder}/.grata-stamp`;
}
