import { expect, test } from "vitest";
import { evenSchedule } from "./schedule.ts";

test("a schedule spreads its messages evenly over its time", () => {
  const schedule = evenSchedule(1000, 5);
  expect(schedule.total).toBe(5000);
  expect(schedule.timeOf(0)).toBe(0);
  expect(schedule.timeOf(4999)).toBe(4999);
});

test("every message is due at its time and not before", () => {
  for (const rate of [1000, 3000, 7000]) {
    const schedule = evenSchedule(rate, 1);
    for (let index = 0; index < schedule.total; index++) {
      expect(schedule.dueAfter(schedule.timeOf(index))).toBe(index + 1);
      expect(schedule.dueAfter(schedule.timeOf(index) - 0.001)).toBe(index);
    }
  }
});

test("nothing is due before the start, and never more than there is", () => {
  const schedule = evenSchedule(1000, 1);
  expect(schedule.dueAfter(-5)).toBe(0);
  expect(schedule.dueAfter(60_000)).toBe(1000);
});
