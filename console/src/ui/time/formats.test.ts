import { describe, expect, test } from "vitest";
import { dayNumber, formatAgo, formatDay, formatDuration, formatMark, formatTime } from "./formats.ts";
import { browserTimeZone, knownTimeZone } from "./time-zone.ts";
import type { Locale } from "./use-locale.ts";

const en: Locale = { language: "en", timeZone: "Europe/Vienna" };
const hans: Locale = { ...en, language: "zh-Hans" };
const noon = Date.parse("2026-11-21T12:00+01:00");
const days = (count: number) => noon + (count * 24 + 11) * 3_600_000;

describe("C6: a duration", () => {
  test.each([
    [0, "0 sec"],
    [59_999, "59 sec"],
    [60_000, "1 min"],
    [59 * 60_000 + 59_999, "59 min"],
    [3_600_000, "1 hr"],
    [24 * 3_600_000, "1 day"],
    [49 * 3_600_000, "2 days"],
  ])("of %i ms is told in its largest unit", (milliseconds, expected) => {
    expect(formatDuration(milliseconds, "en")).toBe(expected);
  });

  test("is written in the reader's language", () => {
    expect(formatDuration(120_000, "zh-Hans")).toBe("2分钟");
    expect(formatDuration(120_000, "zh-Hant")).toMatch(/^2 ?分鐘$/);
  });

  test("never runs backwards when the server's clock is ahead", () => {
    expect(formatDuration(-5000, "en")).toBe("0 sec");
  });
});

describe("C6: a day", () => {
  test("near is told by its name", () => {
    expect(formatDay(days(0), noon, en)).toBe("Today");
    expect(formatDay(days(-1), noon, en)).toBe("Yesterday");
    expect(formatDay(days(-1), noon, hans)).toBe("昨天");
  });

  test("of this year is told without the year, and of another one with it", () => {
    expect(formatDay(days(-2), noon, en)).toBe("Thursday, November 19");
    expect(formatDay(days(-366), noon, en)).toContain("2025");
  });

  test("begins at the midnight of the reader, also where clocks were put back", () => {
    const day = dayNumber(Date.parse("2026-10-24T12:00Z"), en.timeZone);
    expect(dayNumber(Date.parse("2026-10-24T21:59Z"), en.timeZone)).toBe(day);
    expect(dayNumber(Date.parse("2026-10-24T22:00Z"), en.timeZone)).toBe(day + 1);
    expect(dayNumber(Date.parse("2026-10-25T22:59Z"), en.timeZone)).toBe(day + 1);
    expect(dayNumber(Date.parse("2026-10-25T23:00Z"), en.timeZone)).toBe(day + 2);
  });
});

test("C6: in a narrow place a moment of today is a time, and any other a date", () => {
  expect(formatMark(days(0), noon, en)).toBe(formatTime(days(0), en));
  expect(formatMark(days(-3), noon, en)).toBe("Nov 18");
  expect(formatMark(days(-3), noon, { ...en, language: "zh-Hant" })).toBe("11月18日");
});

describe("C6: the reader's time zone", () => {
  test.each([
    ["Asia/Shanghai", "7:00 PM"],
    ["America/Los_Angeles", "3:00 AM"],
    ["Pacific/Kiritimati", "1:00 AM"],
  ])("C6: in %s noon in Vienna is at %s", (timeZone, time) => {
    expect(formatTime(noon, { ...en, timeZone }).replace("\u202f", " ")).toBe(time);
  });

  test("C6: decides which day it is", () => {
    const late = Date.parse("2026-11-21T20:00Z");
    expect(formatDay(late, noon, en)).toBe("Today");
    expect(formatDay(noon, late, { ...en, timeZone: "Asia/Shanghai" })).toBe("Yesterday");
  });

  test("C6: that this browser does not know gives way to the browser's own", () => {
    expect(knownTimeZone("Asia/Shanghai")).toBe("Asia/Shanghai");
    expect(knownTimeZone("Moon/Tranquility")).toBe(browserTimeZone);
    expect(knownTimeZone(null)).toBe(browserTimeZone);
  });
});

test.each([
  [30_000, "now"],
  [120_000, "2 minutes ago"],
  [3 * 3_600_000, "3 hours ago"],
  [24 * 3_600_000, "yesterday"],
  [40 * 24 * 3_600_000, "40 days ago"],
  [-5_000, "now"],
])("B2: %i ms ago is %s", (elapsed, expected) => {
  expect(formatAgo(noon - elapsed, noon, "en")).toBe(expected);
});
