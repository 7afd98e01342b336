import { describe, expect, test } from "vitest";
import { type KeyPress, sends } from "./sends.ts";

const enter: KeyPress = { key: "Enter", shiftKey: false, altKey: false, isComposing: false, keyCode: 13 };

describe("C4: a key press in the composer", () => {
  test("sends when it is Enter", () => {
    expect(sends(enter)).toBe(true);
  });

  test.each([
    ["another key", { key: "a", keyCode: 65 }],
    ["Shift+Enter", { shiftKey: true }],
    ["Alt+Enter", { altKey: true }],
    ["Enter within a composition", { isComposing: true }],
    ["Enter that ends a composition in Safari", { keyCode: 229 }],
  ])("does not send when it is %s", (_, difference) => {
    expect(sends({ ...enter, ...difference })).toBe(false);
  });
});
