import { expect, test } from "vitest";
import { parseStat, secondsOf, secondsOfFamily } from "./processor-time.ts";

test("the fields are found behind a name with blanks and parentheses", () => {
  const text = "4711 (postgres: a) b) S 17 1 1 0 -1 0 0 0 0 0 250 50 1000 200 20 0 1 0 0";
  expect(parseStat(text)).toEqual({ parent: 17, own: 3, ofEndedChildren: 12 });
});

test("this process has used some time, and one that is gone none", () => {
  const begin = performance.now();
  while (performance.now() - begin < 50);
  expect(secondsOf(process.pid)).toBeGreaterThan(0.02);
  const alone = secondsOf(process.pid);
  expect(secondsOfFamily(process.pid)).toBeGreaterThanOrEqual(alone);
  expect(secondsOfFamily(2 ** 30)).toBe(0);
});
