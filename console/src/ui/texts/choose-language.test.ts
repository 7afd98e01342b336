import { describe, expect, test } from "vitest";
import { chooseLanguage } from "./choose-language.ts";

describe("B4: the language of the pages", () => {
  test("the signed-in user's own language wins over everything, also over what somebody else chose here", () => {
    expect(chooseLanguage({ own: "zh-Hant", chosen: "en", browser: ["zh-CN"] })).toBe("zh-Hant");
  });

  test("before sign-in, a choice made with the switch wins over the browser's", () => {
    expect(chooseLanguage({ own: null, chosen: "zh-Hant", browser: ["en-GB"] })).toBe("zh-Hant");
  });

  test("a remembered choice that is no language of ours is passed over", () => {
    expect(chooseLanguage({ own: null, chosen: "tlh", browser: ["zh-CN"] })).toBe("zh-Hans");
  });

  test.each([
    [["en-US"], "en"],
    [["zh-CN", "en"], "zh-Hans"],
    [["zh"], "zh-Hans"],
    [["zh-SG"], "zh-Hans"],
    [["zh-TW"], "zh-Hant"],
    [["zh-HK"], "zh-Hant"],
    [["zh-MO"], "zh-Hant"],
    [["zh-Hant-CN"], "zh-Hant"],
    [["zh-Hans-TW"], "zh-Hans"],
    [["fr-FR", "zh-TW", "en"], "zh-Hant"],
    [["fr", "de"], "en"],
    [["not a tag", "zh-CN"], "zh-Hans"],
    [[], "en"],
  ])("a browser that asks for %j reads %s", (browser, expected) => {
    expect(chooseLanguage({ chosen: null, own: null, browser })).toBe(expected);
  });
});
