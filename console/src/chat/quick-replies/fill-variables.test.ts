import { describe, expect, test } from "vitest";
import { fillVariables } from "./fill-variables.ts";

const fill = (text: string, names = { agentname: "Ada", username: "Mei" }) =>
  fillVariables(text, "en", names);

describe("C10: the variables of a quick reply", () => {
  test.each([
    ["Hello $username, this is $agentname.", "Hello Mei, this is Ada."],
    ["$username您好，我是$agentname。", "Mei您好，我是Ada。"],
    ["$UserName $AGENTNAME", "Mei Ada"],
    ["$username$agentname", "MeiAda"],
    ["$usernames $agentname2 username $ $other $$username", "$usernames $agentname2 username $ $other $Mei"],
  ])("C10: %j is filled in", (text, expected) => {
    expect(fill(text)).toBe(expected);
  });

  test.each([
    ["Hello $username, this is $agentname.", "en", "Hello there, this is Ada."],
    ["Good morning $username!", "en", "Good morning there!"],
    ["Dear $username, thank you.", "en", "Dear customer, thank you."],
    ["$username您好", "zh-Hans", "客户您好"],
    ["$username您好", "zh-Hant", "客戶您好"],
  ] as const)("C10: %j suits a customer without a name", (text, language, expected) => {
    expect(fillVariables(text, language, { agentname: "Ada", username: null })).toBe(expected);
  });

  test("C10: a variable in somebody's name is part of the name", () => {
    const names = { username: "$agentname $& $1 $username", agentname: "$username" };
    expect(fill("$username / $agentname", names)).toBe("$agentname $& $1 $username / $username");
  });

  test.each(["{{constructor}}", "{{username}}", "<b>x</b>", "\u202eabc", "$" + "{username}", "%username%"])(
    "C10: %j stays as it is",
    (text) => {
      expect(fill(text)).toBe(text);
    },
  );
});
