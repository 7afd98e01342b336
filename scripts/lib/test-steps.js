// @ts-check
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countPlaywright, countVitest } from "./counts.js";
import { findNode } from "./node.js";
import { show } from "./processes.js";

/** @typedef {import("./counts.js").Counts} Counts */
/** @typedef {{ name: string, run: () => Promise<Counts> }} Step */

/** A log file is to hold words only; with CI set the tools would colour it. */
const isTerminal = process.stdout.isTTY;
const plainOutput = isTerminal ? {} : { NO_COLOR: "1" };

const compiler = "node_modules/typescript/bin/tsc";
const linter = "node_modules/@biomejs/biome/bin/biome";
const typeProjects = [
  "tsconfig.json",
  "console/tsconfig.json",
  "widget/tsconfig.json",
  "client/tsconfig.json",
];

/**
 * What is found without running the program; each step counts as one test.
 * @type {Step[]}
 */
export const staticSteps = [
  { name: "types", run: () => judge(typeProjects.map((project) => [compiler, "--project", project])) },
  {
    name: "lint",
    run: () => judge([["node_modules/@biomejs/biome/bin/biome", "ci", "--error-on-warnings"]]),
  },
  { name: "knip", run: () => judge([["node_modules/knip/bin/knip.js"]]) },
];

/**
 * The tests on the program and its parts.
 * @param {string[]} files parts of file names; all files if there are none
 * @returns {Step}
 */
export function vitestStep(files) {
  return {
    name: "vitest",
    run: () =>
      withReport(async (reportFile) => {
        const parameters = [
          "run",
          "--reporter=default",
          "--reporter=json",
          `--outputFile.json=${reportFile}`,
        ];
        const code = await runFiltered(
          ["node_modules/vitest/vitest.mjs", ...parameters],
          files,
          "--passWithNoTests",
        );
        return countVitest({ code, report: readReport(reportFile), mayBeEmpty: files.length > 0 });
      }),
  };
}

/**
 * The tests in a browser.
 * @param {string[]} files parts of file names; all files if there are none
 * @returns {Step}
 */
export function playwrightStep(files) {
  return {
    name: "playwright",
    run: () =>
      withReport(async (reportFile) => {
        const environment = { PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile };
        const parameters = ["test", "--reporter=list,json"];
        const program = ["node_modules/@playwright/test/cli.js", ...parameters];
        const code = await runFiltered(program, files, "--pass-with-no-tests", environment);
        return countPlaywright({ code, report: readReport(reportFile), mayBeEmpty: files.length > 0 });
      }),
  };
}

/**
 * Runs every one of these commands, also after one failed: who mends them wants to see all.
 * @param {string[][]} commands
 * @returns {Promise<Counts>}
 */
async function judge(commands) {
  let failed = 0;
  for (const parameters of commands) {
    const code = await show(findNode(), parameters, { environment: plainOutput });
    failed = code === 0 ? failed : 1;
  }
  return { passed: 1 - failed, failed };
}

/**
 * @param {string[]} program
 * @param {string[]} files
 * @param {string} emptyIsFine
 * @param {Record<string, string>} [environment]
 */
function runFiltered(program, files, emptyIsFine, environment) {
  const filter = files.length > 0 ? [emptyIsFine, ...files] : [];
  return show(findNode(), [...program, ...filter], { environment: { ...plainOutput, ...environment } });
}

/**
 * @param {(reportFile: string) => Promise<Counts>} use
 */
async function withReport(use) {
  const folder = mkdtempSync(join(tmpdir(), "grata-test-"));
  try {
    return await use(join(folder, "report.json"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} file */
function readReport(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
