// @ts-check
import { expect, test } from "vitest";
import { countPlaywright, countVitest } from "./counts.js";

const vitestReport = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ status: "passed", assertionResults: [{ status: "passed" }] }],
};

/**
 * @param {Partial<typeof vitestReport>} change
 */
function vitestEnd(change, code = 0, mayBeEmpty = false) {
  return { code, report: JSON.stringify({ ...vitestReport, ...change }), mayBeEmpty };
}

/**
 * @param {Record<string, number>} change
 * @param {object[]} errors
 */
function playwrightEnd(change, code = 0, errors = []) {
  const stats = { expected: 2, unexpected: 0, flaky: 0, skipped: 0, ...change };
  return { code, report: JSON.stringify({ stats, errors }), mayBeEmpty: false };
}

test("passed tests are counted", () => {
  expect(countVitest(vitestEnd({}))).toEqual({ passed: 3, failed: 0 });
  expect(countPlaywright(playwrightEnd({}))).toEqual({ passed: 2, failed: 0 });
});

test("failed tests are counted once, although the runner's exit code tells of them too", () => {
  expect(countVitest(vitestEnd({ numFailedTests: 2 }, 1))).toEqual({ passed: 3, failed: 2 });
  expect(countPlaywright(playwrightEnd({ unexpected: 1 }, 1))).toEqual({ passed: 2, failed: 1 });
});

test("a skipped test counts as failed, and so does one that passed at the second try", () => {
  expect(countVitest(vitestEnd({ numPendingTests: 1, numTodoTests: 1 }))).toEqual({ passed: 3, failed: 2 });
  expect(countPlaywright(playwrightEnd({ skipped: 1, flaky: 1 }))).toEqual({ passed: 2, failed: 2 });
});

test("a run without tests fails, unless files were chosen", () => {
  const nothing = { numPassedTests: 0, testResults: [] };
  expect(countVitest(vitestEnd(nothing))).toEqual({ passed: 0, failed: 1 });
  expect(countVitest(vitestEnd(nothing, 0, true))).toEqual({ passed: 0, failed: 0 });
  expect(countPlaywright(playwrightEnd({ expected: 0 }))).toEqual({ passed: 0, failed: 1 });
});

test("a runner that ends badly after its tests passed counts as one failed test", () => {
  expect(countVitest(vitestEnd({}, 1))).toEqual({ passed: 3, failed: 1 });
  expect(countPlaywright(playwrightEnd({}, 1))).toEqual({ passed: 2, failed: 1 });
});

test("a runner that left no report counts as one failed test", () => {
  expect(countVitest({ code: 1, report: undefined, mayBeEmpty: true })).toEqual({ passed: 0, failed: 1 });
  expect(countPlaywright({ code: 0, report: undefined, mayBeEmpty: false })).toEqual({
    passed: 0,
    failed: 1,
  });
});

test("an error outside of Playwright's tests counts as one failed test", () => {
  expect(countPlaywright(playwrightEnd({ unexpected: 1 }, 1, [{}]))).toEqual({ passed: 2, failed: 2 });
});

test("a test file that could not be loaded counts as one failed test", () => {
  const broken = { status: "failed", assertionResults: [] };
  expect(countVitest(vitestEnd({ testResults: [broken] }, 1))).toEqual({ passed: 3, failed: 1 });
});
