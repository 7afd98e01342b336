// @ts-check

/** @typedef {{ passed: number, failed: number, secondTries?: string[] }} Counts secondTries: files that failed at first */

/**
 * @typedef {object} RunnerEnd what a test runner left behind
 * @property {number} code its exit code
 * @property {string | undefined} report its JSON report, if it wrote one
 * @property {boolean} mayBeEmpty whether it is right that it found no test
 */

/**
 * Counts a Vitest run. A test file that could not be loaded counts as one failed test.
 * @param {RunnerEnd} end
 * @returns {Counts}
 */
export function countVitest(end) {
  return count(end, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.testResults.filter(isBrokenFile).length,
    skipped: report.numPendingTests + report.numTodoTests,
  }));
}

/**
 * Counts a Playwright run. A test that passed at a second try only has failed, and so has an error outside of tests.
 * @param {RunnerEnd} end
 * @returns {Counts}
 */
export function countPlaywright(end) {
  return count(end, ({ stats, errors }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  }));
}

/**
 * A skipped test counts as failed, and so do a run without tests, a runner that wrote no report, and one that ended
 * badly although its tests passed.
 * @param {RunnerEnd} end
 * @param {(report: any) => { passed: number, failed: number, skipped: number }} read
 * @returns {Counts}
 */
function count({ code, report, mayBeEmpty }, read) {
  if (report === undefined) {
    return { passed: 0, failed: mayBeEmpty && code === 0 ? 0 : 1 };
  }
  const { passed, failed, skipped } = read(JSON.parse(report));
  const isEmpty = passed + failed + skipped === 0 && !mayBeEmpty;
  const endedBadly = code !== 0 && failed === 0;
  return { passed, failed: failed + skipped + (isEmpty || endedBadly ? 1 : 0) };
}

/** @param {{ status: string, assertionResults: { status: string }[] }} file */
function isBrokenFile({ status, assertionResults }) {
  return status === "failed" && !assertionResults.some((test) => test.status === "failed");
}
