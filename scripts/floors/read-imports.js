// @ts-check
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { at } from "../lib/paths.js";

/**
 * One import of one file. Both paths lead from the repository's folder; `to` is the name of the package where another
 * package is imported.
 * @typedef {{ from: string, to: string }} Import
 */

/** Static and dynamic imports, re-exports, type imports, and the workers that `new URL` names. */
const specifiers =
  /(?:\bfrom\s*|\bimport\s*\(\s*|^\s*import\s+|\bnew URL\(\s*)(["'])([^"'\n]+)\1(?!\s*,\s*"http)/gm;

/**
 * Reads the imports of a source file.
 * @param {string} file
 * @returns {Import[]}
 */
export function importsOf(file) {
  const text = readFileSync(at(file), "utf8");
  return Array.from(text.matchAll(specifiers), ([, , specifier = ""]) => ({
    from: file,
    to: specifier.startsWith(".") ? join(dirname(file), specifier.replace(/\?.*$/, "")) : specifier,
  }));
}
