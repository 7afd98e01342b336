import { absenceLimits } from "@grata/contract/organisation";
import { expect, test } from "vitest";
import { absencePeriods, formatSeconds } from "./absence-periods.ts";

test("C15: every time that is offered may be chosen, and the one that is set is among them, once", () => {
  for (const seconds of absencePeriods(120)) {
    expect(seconds).toBeGreaterThanOrEqual(absenceLimits.least);
    expect(seconds).toBeLessThanOrEqual(absenceLimits.most);
  }
  expect(absencePeriods(45)).toEqual([30, 45, 60, 120, 300, 600, 1_800, 3_600]);
  expect(absencePeriods(120)).toEqual(absencePeriods(60));
});

test("C15: times are said in seconds, minutes or hours", () => {
  const said = [45, 120, 3_600].map((seconds) => formatSeconds(seconds, "en"));
  expect(said).toEqual(["45 seconds", "2 minutes", "1 hour"]);
});
