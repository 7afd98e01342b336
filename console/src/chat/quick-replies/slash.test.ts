import { describe, expect, test } from "vitest";
import { slashBefore } from "./slash.ts";

describe("C10: a slash in the composer", () => {
  test.each([
    ["/", 0, ""],
    ["/greet", 0, "greet"],
    ["Hello /", 6, ""],
    ["您好 /营业时间", 3, "营业时间"],
    ["one\n/opening hours", 4, "opening hours"],
  ])("C10: %j calls quick replies", (text, from, query) => {
    expect(slashBefore(text)).toEqual({ from, query });
  });

  test.each([
    "",
    "and/or",
    "https://shop.example",
    "yes / no",
    "// remark",
    "/usr/bin",
    "/one\nline",
    "1/2",
    `/${"x".repeat(61)}`,
  ])("C10: %j is somebody's own writing", (text) => {
    expect(slashBefore(text)).toBeNull();
  });
});
