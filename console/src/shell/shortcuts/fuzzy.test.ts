import { expect, test } from "vitest";
import { fuzzyScore } from "./fuzzy.ts";

const finds = (search: string, text: string) => fuzzyScore(search, text) !== null;
const better = (search: string, good: string, bad: string) =>
  expect(fuzzyScore(search, good) ?? 0).toBeGreaterThan(fuzzyScore(search, bad) ?? 0);

test("C10: words are found in any order, in any case, without accents, and in Chinese", () => {
  expect(finds("log AUDIT", "Audit log")).toBe(true);
  expect(finds("zoe", "Zoë Müller")).toBe(true);
  expect(finds("muller z", "Zoë Müller")).toBe(true);
  expect(finds("王", "小王")).toBe(true);
  expect(finds("等候", "打开等候列表")).toBe(true);
  expect(finds("ｇｒａｔａ", "Grata")).toBe(true);
  expect(finds("", "anything")).toBe(true);
});

test("C10: letters in their order are enough, unless they lie too far apart", () => {
  expect(finds("wtlst", "Show the wait list")).toBe(true);
  expect(finds("nxtc", "Next Chat")).toBe(true);
  expect(finds("srch", "Visitor 8F2A served by a search")).toBe(true);
  expect(finds("tsl", "list")).toBe(false);
  expect(finds("ae", "a very long sentence without it")).toBe(false);
  expect(finds("z", "Show the wait list")).toBe(false);
  expect(finds("wait nothing", "Show the wait list")).toBe(false);
});

test("C10: the nearer answer comes first", () => {
  better("mei", "Mei", "Mei Lin");
  better("mei", "Mei Lin", "Lin Mei");
  better("mei", "Lin Mei", "Someiro");
  better("mei", "Someiro", "Maren Eid");
});

test("C10: signs of a pattern and endless texts are no danger", () => {
  expect(finds(".*", "anything")).toBe(false);
  expect(finds("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")).toBe(false);
  const started = performance.now();
  fuzzyScore("ab".repeat(500), "a".repeat(100_000));
  expect(performance.now() - started).toBeLessThan(500);
});
