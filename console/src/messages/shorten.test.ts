import { describe, expect, test } from "vitest";
import { shorten } from "./shorten.ts";

describe("a long message", () => {
  test("C4: that can be taken in at a glance is shown whole", () => {
    expect(shorten("a question")).toBeNull();
    expect(shorten("line\n".repeat(23))).toBeNull();
  });

  test("C4: of 5,000 letters without a space is cut", () => {
    const short = shorten("w".repeat(5_000));
    expect(short?.length).toBeGreaterThan(1_400);
    expect(short?.length).toBeLessThanOrEqual(1_500);
  });

  test("C4: of many lines is cut after a line", () => {
    expect(
      shorten(Array.from({ length: 100 }, (_, index) => `line ${index}`).join("\n"))?.split("\n"),
    ).toHaveLength(24);
  });

  test("C4: is cut between two words", () => {
    const words = "seven77 ".repeat(400);
    expect(shorten(words)?.endsWith("seven77")).toBe(true);
  });

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    "C4: is never cut within an emoji (%i letters before)",
    (before) => {
      const family = "👩‍👩‍👧‍👦";
      const short = shorten("x".repeat(before) + family.repeat(400)) ?? "";
      expect(short.isWellFormed()).toBe(true);
      expect(short.slice(before).replaceAll(family, "")).toBe("");
    },
  );
});
