import { expect, test } from "vitest";
import { listTimeZones, offsetOf } from "./time-zones.ts";

test("C6: the list of time zones has every zone once, and the one that is chosen", () => {
  const zones = listTimeZones("Moon/Tranquility");
  expect(zones).toContain("Asia/Shanghai");
  expect(zones).toContain("UTC");
  expect(zones).toContain("Moon/Tranquility");
  expect(new Set(listTimeZones("Asia/Shanghai")).size).toBe(listTimeZones("Asia/Shanghai").length);
});

test("C6: a zone says how far it is from Greenwich", () => {
  expect(offsetOf("Asia/Shanghai", "en")).toBe("GMT+8");
  expect(offsetOf("Moon/Tranquility", "en")).toBe("");
});
