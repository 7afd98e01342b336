import { inactivityLimits } from "@grata/contract/organisation";
import { expect, test } from "vitest";
import { formatPeriod, inactivityPeriods } from "./inactivity-periods.ts";

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
