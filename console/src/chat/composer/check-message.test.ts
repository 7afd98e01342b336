import { messageText } from "@grata/contract/text";
import { describe, expect, test } from "vitest";
import { checkMessage } from "./check-message.ts";

describe("C4: a message before it is sent", () => {
  test.each([
    ["", "empty"],
    [" \n\t", "empty"],
    ["hello", "sendable"],
    ["  kept as it is  ", "sendable"],
    ["x".repeat(10_000), "sendable"],
    ["x".repeat(10_001), "too_long"],
    ["nul \0", "not_text"],
    ["half an emoji \ud83d", "not_text"],
    ["a whole one 😀", "sendable"],
  ])("%j is %s", (text, expected) => {
    expect(checkMessage(text, null).kind).toBe(expected);
    expect(checkMessage(text, null).kind === "sendable").toBe(messageText.safeParse(text).success);
  });

  test("tells how much room is left", () => {
    expect(checkMessage("12345", null)).toEqual({ kind: "sendable", remaining: 9_995 });
  });

  test("has no more room than its channel", () => {
    expect(checkMessage("12345", 5)).toEqual({ kind: "sendable", remaining: 0 });
    expect(checkMessage("123456", 5)).toEqual({ kind: "too_long", length: 6, limit: 5 });
    expect(checkMessage("12345", 20_000)).toEqual({ kind: "sendable", remaining: 9_995 });
  });
});
