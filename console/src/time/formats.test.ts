import { describe, expect, test } from "vitest";
import { formatDay, formatDuration, formatMark, formatTime } from "./formats.ts";

const noon = new Date(2026, 10, 21, 12).getTime();
const days = (count: number) => new Date(2026, 10, 21 + count, 23, 59).getTime();

describe("a duration", () => {
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

describe("a day", () => {
  test("near is told by its name", () => {
    expect(formatDay(days(0), noon, "en")).toBe("Today");
    expect(formatDay(days(-1), noon, "en")).toBe("Yesterday");
    expect(formatDay(days(-1), noon, "zh-Hans")).toBe("昨天");
  });

  test("of this year is told without the year, and of another one with it", () => {
    expect(formatDay(days(-2), noon, "en")).toBe("Thursday, November 19");
    expect(formatDay(days(-366), noon, "en")).toContain("2025");
  });
});

test("in a narrow place a moment of today is a time, and any other a date", () => {
  expect(formatMark(days(0), noon, "en")).toBe(formatTime(days(0), "en"));
  expect(formatMark(days(-3), noon, "en")).toBe("Nov 18");
  expect(formatMark(days(-3), noon, "zh-Hant")).toBe("11月18日");
});
