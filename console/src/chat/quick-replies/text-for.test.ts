import { expect, test } from "vitest";
import { textFor } from "./text-for.ts";

const texts = { en: "Hello", "zh-Hans": "您好！", "zh-Hant": "您好！！" };

test.each([
  [texts, "zh-Hant", "en", "zh-Hant"],
  [{ en: "Hello", "zh-Hans": "您好！" }, "zh-Hant", "en", "zh-Hans"],
  [{ en: "Hello", "zh-Hant": "您好！！" }, "zh-Hans", "en", "zh-Hant"],
  [{ en: "Hello", "zh-Hant": "您好！！" }, "en", "zh-Hant", "en"],
  [{ "zh-Hans": "您好！", "zh-Hant": "您好！！" }, "en", "zh-Hant", "zh-Hant"],
  [{ "zh-Hant": "您好！！" }, "en", "en", "zh-Hant"],
] as const)("C10: of %j a reader of %s, served in %s, gets %s", (given, wanted, agent, language) => {
  expect(textFor(given, wanted, agent)).toEqual({ language, text: texts[language] });
});
