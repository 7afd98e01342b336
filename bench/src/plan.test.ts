import { expect, test } from "vitest";
import { planOf, quickRunSeconds, roundsSeconds, shortenPlan } from "./plan.ts";

const quick = planOf({ quick: true, connections: undefined });

test("a quick run leaves time for everything but its rounds", () => {
  expect(roundsSeconds(quick)).toBeLessThan(quickRunSeconds - 15);
});

test("with time enough the plan stays as it is", () => {
  expect(shortenPlan(quick, roundsSeconds(quick) + 1)).toBe(quick);
});

test("with less time every round is shortened, so that together they fit", () => {
  expect(roundsSeconds(shortenPlan(quick, 15))).toBeCloseTo(15);
});

test("a round never gets so short that it would mean nothing", () => {
  expect(shortenPlan(quick, -20).closedSeconds).toBeCloseTo(quick.closedSeconds * 0.25);
});

test("the connections that were asked for are those of the plan", () => {
  expect(planOf({ quick: true, connections: 77 }).connections).toBe(77);
});
