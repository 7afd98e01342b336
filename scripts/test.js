// @ts-check
import { Failure, runCommand } from "./lib/failure.js";
import { prepare } from "./lib/prepare.js";
import { playwrightStep, vitestStep } from "./lib/runner-steps.js";
import { staticSteps } from "./lib/static-steps.js";
import { browserTools, ensureTools, serverTools } from "./lib/tools.js";

const withoutBrowserOption = "--without-browser";

/** @param {string[]} parameters */
function readParameters(parameters) {
  const files = parameters.filter((parameter) => parameter !== withoutBrowserOption);
  const unknown = files.find((file) => file.startsWith("-"));
  if (unknown) {
    throw new Failure(
      `There is no option ${unknown}; names of test files and ${withoutBrowserOption} may be given.`,
    );
  }
  return { files, withBrowser: !parameters.includes(withoutBrowserOption) };
}

/**
 * Which steps to run, in order: only tests if files are named.
 * @param {string[]} files
 * @param {boolean} withBrowser
 */
function choose(files, withBrowser) {
  const steps = files.length > 0 ? [vitestStep(files)] : [...staticSteps, vitestStep(files)];
  return withBrowser ? [...steps, playwrightStep(files)] : steps;
}

/**
 * Runs one step, with its name before and its result after its own output.
 * @param {import("./lib/static-steps.js").Step} step
 */
async function runStep({ name, run }) {
  console.log(`\n== ${name} ==`);
  const start = performance.now();
  const counts = await run();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const { passed, failed } = counts;
  const line = `${name.padEnd(12)}${failed === 0 ? "passed" : "FAILED"}  ${passed} passed, ${failed} failed, ${seconds} s`;
  console.log(line);
  return { passed, failed, line };
}

await runCommand(async () => {
  const { files, withBrowser } = readParameters(process.argv.slice(2));
  await ensureTools(withBrowser ? [...serverTools, ...browserTools] : serverTools);
  await prepare(["server", "console", "widget"]);
  const results = [];
  for (const step of choose(files, withBrowser)) {
    results.push(await runStep(step));
  }
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  let failed = results.reduce((sum, result) => sum + result.failed, 0);
  if (passed + failed === 0) {
    console.log(`\nNo test file matches ${files.join(", ")}.`);
    failed = 1;
  }
  console.log(`\n${results.map(({ line }) => line).join("\n")}\n\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
});
