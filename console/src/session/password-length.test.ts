import { newPassword } from "@grata/contract/text";
import { describe, expect, test } from "vitest";
import { passwordLength } from "./password-length.ts";

describe("A1, A7: the length of a new password", () => {
  test("says how many characters are missing", () => {
    expect(passwordLength("twelve chars")).toEqual({ state: "short", length: 12, missing: 3 });
  });

  test("counts an emoji and a composed letter as one character", () => {
    expect(passwordLength("😀".repeat(14)).state).toBe("short");
    expect(passwordLength("e\u0301".repeat(14)).state).toBe("short");
    expect(passwordLength("😀".repeat(15)).state).toBe("enough");
  });

  test.each([
    "",
    "a".repeat(14),
    "a".repeat(15),
    "密码".repeat(7),
    "😀".repeat(15),
    "a".repeat(256),
    "a".repeat(257),
  ])("agrees with the contract about %j", (password) => {
    expect(passwordLength(password).state === "enough").toBe(newPassword.safeParse(password).success);
  });
});
