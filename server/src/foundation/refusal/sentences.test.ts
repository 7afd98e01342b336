import { errorCodes } from "@grata/contract/errors";
import { type Language, languages } from "@grata/contract/languages";
import english from "@grata/contract/sentences/errors.en.json" with { type: "json" };
import simplified from "@grata/contract/sentences/errors.zh-Hans.json" with { type: "json" };
import traditional from "@grata/contract/sentences/errors.zh-Hant.json" with { type: "json" };
import { describe, expect, test } from "vitest";
import { preferredLanguage, sentenceOf } from "./sentences.ts";

const files: Record<Language, Record<string, string>> = {
  en: english,
  "zh-Hans": simplified,
  "zh-Hant": traditional,
};

describe("the sentences of errors", () => {
  test.each(languages)("H1: in %s there is one for each code, and none for what is no code", (language) => {
    expect(Object.keys(files[language]).sort()).toEqual([...errorCodes].sort());
  });

  test.each(languages)("H1: in %s each is a whole sentence, and its own", (language) => {
    const ends = language === "en" ? /^[A-Z].*\.$/ : /^\P{Cc}+。$/u;
    for (const code of errorCodes) expect(sentenceOf(code, language), code).toMatch(ends);
    expect(new Set(Object.values(files[language])).size).toBe(errorCodes.length);
  });

  test("H1: Chinese sentences are Chinese, each in its own script", () => {
    const onlySimplified = /[这请试发号邮箱码个网链]/;
    const onlyTraditional = /[這請試發號郵碼個網鏈]/;
    for (const code of errorCodes) {
      expect(sentenceOf(code, "zh-Hans"), code).toMatch(/\p{Script=Han}/u);
      expect(sentenceOf(code, "zh-Hans"), code).not.toMatch(onlyTraditional);
      expect(sentenceOf(code, "zh-Hant"), code).toMatch(/\p{Script=Han}/u);
      expect(sentenceOf(code, "zh-Hant"), code).not.toMatch(onlySimplified);
    }
  });

  test("H1: each takes its own file's words", () => {
    for (const language of languages) {
      expect(sentenceOf("wait_list_empty", language)).toBe(files[language].wait_list_empty);
    }
    expect(new Set(languages.map((language) => sentenceOf("wait_list_empty", language))).size).toBe(3);
  });
});

test("A5: the sentence of a wrong password says how many failures lock an account", () => {
  const said = languages.map((language) => sentenceOf("credentials_wrong", language));
  expect(said[0]).toContain(" Six failures in a row lock an account; ");
  expect(said[1]).toContain("连续失败六次后账号会被锁定");
  expect(said[2]).toContain("連續失敗六次後帳號會被鎖定");
});

describe("H1: the language that Accept-Language asks for", () => {
  const wishes: [header: string | undefined, language: Language][] = [
    [undefined, "en"],
    ["", "en"],
    ["*", "en"],
    ["en", "en"],
    ["EN-us", "en"],
    ["fr-FR,fr;q=0.9", "en"],
    ["zh", "zh-Hans"],
    ["zh-CN", "zh-Hans"],
    ["zh-SG", "zh-Hans"],
    ["zh-Hans-TW", "zh-Hans"],
    ["zh-hans", "zh-Hans"],
    ["zh-TW", "zh-Hant"],
    ["zh-HK", "zh-Hant"],
    ["zh-MO", "zh-Hant"],
    ["zh-Hant", "zh-Hant"],
    ["zh-Hant-CN", "zh-Hant"],
    ["en;q=0.5, zh-TW", "zh-Hant"],
    ["en;q=0.5, zh-CN;q=0.6, zh-TW;q=0.4", "zh-Hans"],
    ["fr, zh-TW;q=0.2", "zh-Hant"],
    ["zh-TW;q=0, en;q=0.1", "en"],
    ["zh-TW;q=nonsense, zh-CN;q=0.1", "zh-Hans"],
    [" zh-TW ; q=0.8 , en ; q=0.7 ", "zh-Hant"],
    ["zhuang", "en"],
    ["english", "en"],
    ["zh-Hans-HK", "zh-Hans"],
  ];
  test.each(wishes)("%j", (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});
