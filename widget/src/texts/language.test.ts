import { expect, test } from "vitest";
import { chooseLanguage } from "./language.ts";

test.each([
  [["zh-TW"], "zh-Hant"],
  [["zh-HK", "en"], "zh-Hant"],
  [["zh-MO"], "zh-Hant"],
  [["zh-Hant-CN"], "zh-Hant"],
  [["zh"], "zh-Hans"],
  [["zh-CN"], "zh-Hans"],
  [["zh-SG"], "zh-Hans"],
  [["zh-Hans-HK"], "zh-Hans"],
  [["fr-FR", "zh-CN", "en"], "zh-Hans"],
  [["en-GB", "zh-CN"], "en"],
  [["zhx"], "en"],
  [[], "en"],
])("D1 a visitor who prefers %j reads %s", (preferred, language) => {
  expect(chooseLanguage(preferred)).toBe(language);
});
