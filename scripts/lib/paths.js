// @ts-check
import { fileURLToPath } from "node:url";

/** The folder of the repository; every command runs there, wherever it was called from. */
export const repository = fileURLToPath(new URL("../../", import.meta.url));

/**
 * The absolute path of a file named from the repository's folder.
 * @param {string} path
 */
export function at(path) {
  return repository + path;
}

/**
 * Where the commands keep what is theirs for a moment: the lock, and builds under way. It lies outside of node_modules,
 * which an installation empties, and on the same disk as the build folders, so that a finished build is only renamed.
 */
export const workshop = at("dist/workshop");
