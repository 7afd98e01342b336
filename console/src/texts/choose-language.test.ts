import { describe, expect, test } from "vitest";
import { chooseLanguage } from "./choose-language.ts";

describe("the language of the pages", () => {
  test("a choice made with the switch wins over everything", () => {
    expect(chooseLanguage({ chosen: "zh-Hant", own: "en", browser: ["zh-CN"] })).toBe("zh-Hant");
  });

  test("a remembered choice that is no language of ours is passed over", () => {
    expect(chooseLanguage({ chosen: "tlh", own: "zh-Hans", browser: ["en"] })).toBe("zh-Hans");
  });

  test("the signed-in user's own language wins over the browser's", () => {
    expect(chooseLanguage({ chosen: null, own: "zh-Hant", browser: ["en-GB"] })).toBe("zh-Hant");
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
