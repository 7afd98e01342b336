// @ts-check
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { at } from "../lib/paths.js";

/** The languages of every text that a person reads: one file each, beside each other, in whatever folder. */
export const languages = /** @type {const} */ (["en", "zh-Hans", "zh-Hant"]);

/**
 * A home of texts: `path` is that of its files without language and extension. A missing file is an empty book.
 * @typedef {{ path: string, books: Record<typeof languages[number], Text[]> }} Home
 * @typedef {{ key: string, text: unknown }} Text
 */

const textFile = /^(.*\/)(?:([\w-]+)\.)?(en|zh-Hans|zh-Hant)\.json$/;

/**
 * Finds every home of texts in the workspaces' sources.
 * @returns {Home[]}
 */
export function readHomes() {
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: at(""),
    encoding: "utf8",
  }).split("\n");
  const paths = files.flatMap((file) => {
    const [, folder = "", name = ""] = textFile.exec(file) ?? [];
    return folder === "" ? [] : [folder + name];
  });
  return [...new Set(paths)].sort().map((path) => ({
    path,
    books: {
      en: readBook(path, "en"),
      "zh-Hans": readBook(path, "zh-Hans"),
      "zh-Hant": readBook(path, "zh-Hant"),
    },
  }));
}

/**
 * @param {string} path
 * @param {string} language
 * @returns {Text[]}
 */
function readBook(path, language) {
  const file = at(path.endsWith("/") ? `${path}${language}.json` : `${path}.${language}.json`);
  try {
    return flatten(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/**
 * Lists the texts of a book by their paths; the items of a list by their numbers.
 * @param {object} book
 * @param {string} [path]
 * @returns {Text[]}
 */
function flatten(book, path = "") {
  return Object.entries(book).flatMap(([key, value]) =>
    typeof value === "object" && value !== null
      ? flatten(value, `${path}${key}.`)
      : [{ key: `${path}${key}`, text: value }],
  );
}
