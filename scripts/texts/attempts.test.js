// @ts-check
import { attemptsAllowed, numberFormats, withAttempts } from "@grata/contract/sign-in-attempts";
import { expect, test } from "vitest";
import { languages, readHomes } from "./homes.js";

const homes = readHomes();
const english =
  /\b(two|three|four|five|six|seven|eight|nine|ten|\d+)\s+(failures|failed|wrong|attempts|times|tries|guesses)\b/i;
const chinese = /[二三四五六七八九十两兩\d]+\s*次/;
const aboutFailing = /[锁鎖]|失败|失敗|错误|錯誤/;

/** @param {unknown} text */
const numbersFailures = (text) =>
  typeof text === "string" && (english.test(text) || (chinese.test(text) && aboutFailing.test(text)));

test("A5: no sentence says by itself how many failures lock an account", () => {
  const numbered = homes.flatMap(({ path, books }) =>
    languages.flatMap((language) =>
      books[language]
        .filter(({ text }) => numbersFailures(text))
        .map(({ key }) => `${path} ${language} ${key}`),
    ),
  );
  expect(numbered).toEqual([]);
  const former = [
    "Your account was locked because its password was entered wrongly six times in a row.",
    "Locked after 8 failed sign-ins",
    "连续失败六次后账号会被锁定",
    "八次登入失敗後鎖定",
  ];
  expect(former.filter((text) => !numbersFailures(text))).toEqual([]);
});

test.each(languages)("A5: sentences in %s take the number of attempts as a word", (language) => {
  const taking = homes.flatMap(({ books }) =>
    books[language].filter(({ text }) => typeof text === "string" && /\{\{attempts, /.test(text)),
  );
  expect(taking.length).toBeGreaterThan(3);
  const word = numberFormats.words(attemptsAllowed, language);
  expect(word).not.toMatch(/\d/);
  for (const { key, text } of taking) {
    const said = withAttempts(String(text), language);
    expect(said.toLowerCase(), key).toContain(word);
    expect(said, key).not.toContain("attempts,");
  }
});

test("A5: a number that nobody writes out is said in digits, and a sentence begins with a capital", () => {
  expect(numberFormats.words(200, "en")).toBe("200");
  expect([numberFormats.capital(6, "en"), numberFormats.capital(6, "zh-Hans")]).toEqual(["Six", "六"]);
  expect(withAttempts("{{attempts, capital}} for {{name}}", "en")).toBe("Six for {{name}}");
});
