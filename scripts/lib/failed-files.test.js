// @ts-check
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesOfPlaywright, filesOfVitest } from "./failed-files.js";
import { repository } from "./paths.js";

test("the files of a Vitest run that failed are named as a runner takes them", () => {
  const file = (/** @type {string} */ name, /** @type {string} */ status) => ({
    name: join(repository, name),
    status,
  });
  const testResults = [file("server/src/a.test.ts", "failed"), file("server/src/b.test.ts", "passed")];
  expect(filesOfVitest(JSON.stringify({ testResults }))).toEqual(["server/src/a.test.ts"]);
  expect(filesOfVitest(undefined)).toEqual([]);
});

test("the files of a Playwright run that failed are found in groups of tests too", () => {
  const suites = [
    { file: "a.spec.ts", specs: [{ ok: true }], suites: [{ file: "a.spec.ts", specs: [{ ok: false }] }] },
    { file: "b.spec.ts", specs: [{ ok: true }] },
    { file: "c.spec.ts", specs: [{ ok: false }] },
  ];
  expect(filesOfPlaywright(JSON.stringify({ suites, errors: [] }))).toEqual(["a.spec.ts", "c.spec.ts"]);
  expect(filesOfPlaywright(undefined)).toEqual([]);
});

test("what failed outside of files cannot be tried again", () => {
  const suites = [{ file: "a.spec.ts", specs: [{ ok: false }] }];
  expect(filesOfPlaywright(JSON.stringify({ suites, errors: [{}] }))).toEqual([]);
});
