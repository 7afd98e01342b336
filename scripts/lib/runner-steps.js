// @ts-check
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countPlaywright, countVitest } from "./counts.js";
import { findNode } from "./node.js";
import { plainOutput } from "./plain-output.js";
import { show } from "./processes.js";

/** @typedef {import("./static-steps.js").Step} Step */

/**
 * @typedef {object} Runner
 * @property {string} name
 * @property {(reportFile: string) => string[]} command
 * @property {string} emptyIsFine the option that lets it find no test file
 * @property {(end: import("./counts.js").RunnerEnd) => import("./counts.js").Counts} count
 */

/** @type {Runner} */
const vitest = {
  name: "vitest",
  command: (reportFile) => [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${reportFile}`,
  ],
  emptyIsFine: "--passWithNoTests",
  count: countVitest,
};

/** @type {Runner} */
const playwright = {
  name: "playwright",
  command: () => ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"],
  emptyIsFine: "--pass-with-no-tests",
  count: countPlaywright,
};

/**
 * Files share a process, so that it loads the server once; those that replace a module need one of their own. Much of
 * the time the tests wait, so there are more workers than a small machine has cores.
 */
const quickOptions = ["--exclude=**/*.{program,alone}.test.ts", "--no-isolate", "--maxWorkers=4"];

/**
 * The tests on the program and its parts.
 * @param {string[]} files parts of file names; all files if there are none
 * @param {{ quick?: boolean }} [options] quick: without those that start and kill whole programs
 */
export function vitestStep(files, { quick = false } = {}) {
  return stepOf(vitest, files, quick ? quickOptions : []);
}

/**
 * The tests in a browser.
 * @param {string[]} files parts of file names; all files if there are none
 */
export function playwrightStep(files) {
  return stepOf(playwright, files);
}

/**
 * @param {Runner} runner
 * @param {string[]} files
 * @param {string[]} [options]
 * @returns {Step}
 */
function stepOf({ name, command, emptyIsFine, count }, files, options = []) {
  const filter = files.length > 0 ? [...options, emptyIsFine, ...files] : options;
  return {
    name,
    run: async () => {
      const folder = mkdtempSync(join(tmpdir(), "grata-test-"));
      const reportFile = join(folder, "report.json");
      const code = await show(findNode(), [...command(reportFile), ...filter], {
        environment: { ...plainOutput.environment, PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile },
      });
      const report = readIfThere(reportFile);
      rmSync(folder, { recursive: true });
      return count({ code, report, mayBeEmpty: files.length > 0 });
    },
  };
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
