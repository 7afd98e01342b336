// @ts-check
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { at } from "./paths.js";

const madeByTools = new Set(["node_modules", "dist"]);
const testFile = /\.test\.[jt]sx?$/;

/**
 * A hash over the names and contents of all files at or below these paths of the repository, tests apart. Contents and
 * not times, because a checkout of another branch and back changes the times of files only.
 * @param {string[]} paths
 */
export function fingerprint(paths) {
  const hash = createHash("sha256");
  for (const path of paths) {
    const entry = statSync(at(path), { throwIfNoEntry: false });
    if (entry?.isDirectory()) {
      addFolder(hash, path);
    } else if (entry) {
      addFile(hash, path);
    }
  }
  return hash.digest("hex");
}

/**
 * @param {import("node:crypto").Hash} hash
 * @param {string} folder
 */
function addFolder(hash, folder) {
  const entries = readdirSync(at(folder), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory() && !madeByTools.has(entry.name)) {
      addFolder(hash, path);
    } else if (entry.isFile() && !testFile.test(entry.name)) {
      addFile(hash, path);
    }
  }
}

/**
 * @param {import("node:crypto").Hash} hash
 * @param {string} path
 */
function addFile(hash, path) {
  const content = readFileSync(at(path));
  hash.update(`${path}\0${content.length}\0`).update(content);
}
