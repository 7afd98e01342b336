// @ts-check
import { findNode } from "./node.js";
import { plainOutput } from "./plain-output.js";
import { show } from "./processes.js";

/** @typedef {import("./counts.js").Counts} Counts */
/** @typedef {{ name: string, run: () => Promise<Counts> }} Step */

const compiler = "node_modules/typescript/bin/tsc";
const linter = "node_modules/@biomejs/biome/bin/biome";
const projects = [
  "tsconfig.json",
  "console/tsconfig.json",
  "widget/tsconfig.json",
  "client/tsconfig.json",
  "tests/tsconfig.json",
];

/**
 * What is found without running the program; each step counts as one test.
 * @type {Step[]}
 */
export const staticSteps = [
  { name: "types", run: () => judge(projects.map((project) => [compiler, "--project", project])) },
  { name: "lint", run: () => judge([[linter, "ci", "--error-on-warnings", ...plainOutput.linterOptions]]) },
  { name: "knip", run: () => judge([["node_modules/knip/bin/knip.js"]]) },
];

/**
 * Runs every one of these commands, also after one failed: who mends them wants to see all.
 * @param {string[][]} commands
 * @returns {Promise<Counts>}
 */
async function judge(commands) {
  let failed = 0;
  for (const parameters of commands) {
    const code = await show(findNode(), parameters, { environment: plainOutput.environment });
    failed = code === 0 ? failed : 1;
  }
  return { passed: 1 - failed, failed };
}
