import { expect, test } from "vitest";
import { fill } from "./fill.ts";

test("D1: places are filled with what stands for them, and with nothing from inside it", () => {
  expect(fill("{name} joined {what}", { name: "{what}" })).toBe("{what} joined {what}");
});
