import { absenceLimits, inactivityLimits } from "@grata/contract/organisation";
import { expect, test } from "vitest";
import { absencePeriods, formatPeriod, formatSeconds, inactivityPeriods } from "./periods.ts";

test("A9: every period that is offered may be chosen, and the one that is set is among them", () => {
  for (const minutes of inactivityPeriods(null)) {
    expect(minutes).toBeGreaterThanOrEqual(inactivityLimits.least);
    expect(minutes).toBeLessThanOrEqual(inactivityLimits.most);
  }
  expect(inactivityPeriods(45)).toContain(45);
  expect(inactivityPeriods(30)).toEqual(inactivityPeriods(null));
});

test.each([
  [5, "5 minutes"],
  [60, "1 hour"],
  [90, "90 minutes"],
  [1_440, "24 hours"],
])("A9: a period of %i minutes is called %s", (minutes, expected) => {
  expect(formatPeriod(minutes, "en")).toBe(expected);
});

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
