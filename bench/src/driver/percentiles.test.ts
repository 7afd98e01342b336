import { describe, expect, test } from "vitest";
import { median, percentile, summarise } from "./percentiles.ts";

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe("percentile", () => {
  test("is a value that occurred, the nearest rank", () => {
    expect(percentile(upTo(100), 0.99)).toBe(99);
    expect(percentile(upTo(101), 0.99)).toBe(100);
    expect(percentile(upTo(10), 0.5)).toBe(5);
    expect(percentile([7], 0.01)).toBe(7);
  });

  test("of nothing is not a number", () => {
    expect(percentile([], 0.5)).toBeNaN();
  });
});

test("a summary does not depend on the order and sees one slow message in a hundred", () => {
  const latencies = [...Array.from({ length: 98 }, () => 1), 400, 500];
  expect(summarise(latencies.toReversed())).toEqual({ count: 100, p50: 1, p99: 400, longest: 500 });
});

test("the median of rounds is not moved by one that the machine spoiled", () => {
  expect(median([4000, 90, 4100])).toBe(4000);
});
