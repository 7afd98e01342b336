// @ts-check
import { relative } from "node:path";
import { repository } from "./paths.js";

/**
 * The files that a Vitest report says failed, as a runner takes them.
 * @param {string | undefined} report
 * @returns {string[]}
 */
export function filesOfVitest(report) {
  if (report === undefined) return [];
  /** @type {{ testResults: { name: string, status: string }[] }} */
  const { testResults } = JSON.parse(report);
  return testResults
    .filter(({ status }) => status === "failed")
    .map(({ name }) => relative(repository, name));
}

/**
 * @typedef {object} Suite
 * @property {string} file
 * @property {{ ok: boolean }[]} [specs]
 * @property {Suite[]} [suites]
 */

/**
 * The files that a Playwright report says failed. None if something failed outside of files.
 * @param {string | undefined} report
 * @returns {string[]}
 */
export function filesOfPlaywright(report) {
  if (report === undefined) return [];
  /** @type {{ suites: Suite[], errors: object[] }} */
  const { suites, errors } = JSON.parse(report);
  return errors.length > 0 ? [] : suites.filter(hasFailed).map(({ file }) => file);
}

/**
 * @param {Suite} suite
 * @returns {boolean}
 */
function hasFailed({ specs = [], suites = [] }) {
  return specs.some(({ ok }) => !ok) || suites.some(hasFailed);
}
