import { describe, expect, test } from "vitest";
import { nextAfter } from "./next-after.ts";

describe("C8: the chat that is shown when one is closed", () => {
  test("is the one behind it", () => {
    expect(nextAfter(["a", "b", "c"], ["a", "c"], "b")).toBe("c");
  });

  test("is the nearest before it when it was the last", () => {
    expect(nextAfter(["a", "b", "c"], ["a", "b"], "c")).toBe("b");
  });

  test("passes over others that are gone as well", () => {
    expect(nextAfter(["a", "b", "c", "d"], ["a", "d"], "b")).toBe("d");
    expect(nextAfter(["a", "b", "c", "d"], ["a"], "d")).toBe("a");
  });

  test("is any that came meanwhile when no other is left, and none when there is none", () => {
    expect(nextAfter(["a"], ["z"], "a")).toBe("z");
    expect(nextAfter(["a"], [], "a")).toBeNull();
  });
});
