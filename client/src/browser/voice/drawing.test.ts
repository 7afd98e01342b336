import { expect, test } from "vitest";
import { formatLength, waveformPath, waveformWidth } from "./drawing.ts";

test("C5: a waveform is a stroke for each height, silence a dot", () => {
  expect(waveformPath([0, 100, 50])).toBe("M1.5 11v2M4.5 1v22M7.5 6v12");
  expect(waveformWidth([0, 100, 50])).toBe(9);
});

test.each([
  [0, "0:00"],
  [7999, "0:07"],
  [60_000, "1:00"],
])("C5: %i milliseconds are shown as %s", (milliseconds, shown) => {
  expect(formatLength(milliseconds)).toBe(shown);
});
