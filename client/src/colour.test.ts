import fc from "fast-check";
import { expect, test } from "vitest";
import { contrast, legibleOn, textOn } from "./colour.ts";

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, "0")}`);

test("D1: text on any colour that a shop chooses can be read (WCAG 2.2, 1.4.3)", () => {
  fc.assert(fc.property(colour, (chosen) => contrast(chosen, textOn(chosen)) >= 4.5));
});

test("D1: any colour can be read as text on light and on dark paper, and stays itself where it can be", () => {
  for (const paper of ["#ffffff", "#16181d", "#f3f4f6", "#262a33"]) {
    fc.assert(fc.property(colour, (chosen) => contrast(legibleOn(chosen, paper), paper) >= 4.5));
  }
  expect(legibleOn("#1b5e57", "#ffffff")).toBe("#1b5e57");
  expect(legibleOn("#1b5e57", "#16181d")).not.toBe("#1b5e57");
});

test("D1: contrast is that of the recommendation", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});
