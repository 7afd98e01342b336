import { expect, test } from "vitest";
import { placeAfter } from "./walk-lines.ts";

test.each([
  ["ArrowDown", 0, 1],
  ["ArrowDown", 2, 2],
  ["ArrowUp", 2, 1],
  ["ArrowUp", 0, 0],
  ["Home", 2, 0],
  ["End", 0, 2],
  ["Enter", 1, null],
])("C3: %s from line %i of three leads to %s", (key, place, expected) => {
  expect(placeAfter(key, place, 3)).toBe(expected);
});
