// @ts-check
import { Failure, runCommand } from "./lib/failure.js";
import { prepare } from "./lib/prepare.js";
import { playwrightStep, vitestStep } from "./lib/runner-steps.js";
import { staticSteps } from "./lib/static-steps.js";
import { browserTools, ensureTools, serverTools } from "./lib/tools.js";

/** Leaves out what takes long: the browser, and the tests that start and kill whole programs. */
const quickOption = "--quick";

/** @param {string[]} parameters */
function readParameters(parameters) {
  const files = parameters.filter((parameter) => parameter !== quickOption);
  const unknown = files.find((file) => file.startsWith("-"));
  if (unknown) {
    throw new Failure(`There is no option ${unknown}; names of test files and ${quickOption} may be given.`);
  }
  return { files, quick: parameters.includes(quickOption) };
}

/**
 * Which steps to run, in order: only tests if files are named.
 * @param {string[]} files
 * @param {boolean} quick
 */
function choose(files, quick) {
  const tests = quick ? [vitestStep(files, { quick })] : [vitestStep(files), playwrightStep(files)];
  return files.length > 0 ? tests : [...staticSteps, ...tests];
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
  const { passed, failed, secondTries = [] } = counts;
  const shaky = secondTries.length > 0 ? `; only at a second try: ${secondTries.join(", ")}` : "";
  const line = `${name.padEnd(12)}${failed === 0 ? "passed" : "FAILED"}  ${passed} passed, ${failed} failed, ${seconds} s${shaky}`;
  console.log(line);
  return { passed, failed, line };
}

await runCommand(async () => {
  const { files, quick } = readParameters(process.argv.slice(2));
  await ensureTools(quick ? serverTools : [...serverTools, ...browserTools]);
  await prepare(["server", "console", "widget"]);
  const results = [];
  for (const step of choose(files, quick)) {
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
