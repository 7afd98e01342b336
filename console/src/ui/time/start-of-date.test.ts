import { expect, test } from "vitest";
import { startOfDate } from "./start-of-date.ts";

test.each([
  ["2026-11-22", 0, "UTC", "2026-11-22T00:00Z"],
  ["2026-11-22", 0, "Asia/Shanghai", "2026-11-21T16:00Z"],
  ["2026-11-22", 1, "Asia/Shanghai", "2026-11-22T16:00Z"],
  ["2026-11-22", 0, "America/Los_Angeles", "2026-11-22T08:00Z"],
  // Vienna's clocks are put forward in the night of the 29th of March, and back in that of the 25th of October.
  ["2026-03-29", 0, "Europe/Vienna", "2026-03-28T23:00Z"],
  ["2026-03-29", 1, "Europe/Vienna", "2026-03-29T22:00Z"],
  ["2026-10-25", 0, "Europe/Vienna", "2026-10-24T22:00Z"],
  ["2026-10-25", 1, "Europe/Vienna", "2026-10-25T23:00Z"],
  ["2026-11-22", 0, "Asia/Kathmandu", "2026-11-21T18:15Z"],
])("C6: %s and %i days begins in %s at %s", (date, days, timeZone, expected) => {
  expect(startOfDate(date, days, timeZone)).toBe(Date.parse(expected));
});
