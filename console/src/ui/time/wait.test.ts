import { expect, test } from "vitest";
import { judgeWait } from "./wait.ts";

test.each([
  [-10_000_000, "fresh", 0],
  [0, "fresh", 0],
  [59_999, "fresh", 5 / 30],
  [60_000, "warm", 6 / 30],
  [150_000, "warm", 15 / 30],
  [299_999, "warm", 29 / 30],
  [300_000, "late", 1],
  [86_400_000, "late", 1],
])("C4: a wait of %i ms is %s, and its ring is full to %d", (elapsed, level, part) => {
  expect(judgeWait(elapsed)).toEqual({ level, part });
});
