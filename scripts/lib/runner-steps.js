// @ts-check
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countPlaywright, countVitest } from "./counts.js";
import { filesOfPlaywright, filesOfVitest } from "./failed-files.js";
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
 * @property {(report: string | undefined) => string[]} failedFiles
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
  failedFiles: filesOfVitest,
};

/** @type {Runner} */
const playwright = {
  name: "playwright",
  command: () => ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"],
  emptyIsFine: "--pass-with-no-tests",
  count: countPlaywright,
  failedFiles: filesOfPlaywright,
};

/** Without the tests that start and kill whole programs. */
const quickOptions = ["--project=shared"];

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

/** When more files than these fail, it is not the machine that was slow. */
const mostSecondTries = 3;

/**
 * All tests together keep a small machine so busy that one may wait in vain for what comes too late: when everything is
 * run, the few files that fail get a second try, alone, and are named. Files that were asked for get none.
 * @param {Runner} runner
 * @param {string[]} files
 * @param {string[]} [options]
 * @returns {Step}
 */
function stepOf(runner, files, options = []) {
  const asked = files.length > 0;
  return {
    name: runner.name,
    run: async () => {
      const first = await runOnce(
        runner,
        asked ? [...options, runner.emptyIsFine, ...files] : options,
        asked,
      );
      const { failed } = first.counts;
      const again = first.failedFiles;
      if (asked || failed === 0 || again.length === 0 || again.length > mostSecondTries) return first.counts;
      console.log(`\n== ${runner.name}, second try: ${again.join(", ")} ==`);
      const second = await runOnce(runner, [...options, ...again], false);
      return {
        passed: first.counts.passed + Math.max(failed - second.counts.failed, 0),
        failed: second.counts.failed,
        ...(second.counts.failed === 0 && { secondTries: again }),
      };
    },
  };
}

/**
 * @param {Runner} runner
 * @param {string[]} parameters
 * @param {boolean} mayBeEmpty
 */
async function runOnce({ command, count, failedFiles }, parameters, mayBeEmpty) {
  const folder = mkdtempSync(join(tmpdir(), "grata-test-"));
  const reportFile = join(folder, "report.json");
  const code = await show(findNode(), [...command(reportFile), ...parameters], {
    environment: { ...plainOutput.environment, PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile },
  });
  const report = readIfThere(reportFile);
  rmSync(folder, { recursive: true });
  return { counts: count({ code, report, mayBeEmpty }), failedFiles: failedFiles(report) };
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
