import { type Language, languages } from "@grata/contract/languages";
import { describe, expect, test } from "vitest";
import { emojiBooks } from "./emoji-books.ts";
import { COLUMNS, placeAfterKey } from "./emoji-grid.ts";
import { findEmoji } from "./find-emoji.ts";

describe("C4: finding an emoji", () => {
  test.each([
    ["en", "thumbs", "👍"],
    ["en", "TEA cup", "🍵"],
    ["en", "🔥", "🔥"],
    ["zh-Hans", "茶", "🍵"],
    ["zh-Hant", "愛", "❤️"],
  ] satisfies [Language, string, string][])("in %s by %s finds %s", async (language, typed, emoji) => {
    const found = findEmoji(await emojiBooks[language].get(), typed);
    expect(found.map((one) => one.emoji)).toContain(emoji);
    expect(found.length).toBeLessThan(60);
  });

  test("by nothing shows all, by nonsense none", async () => {
    const book = await emojiBooks.en.get();
    expect(findEmoji(book, "  ")).toHaveLength(book.length);
    expect(findEmoji(book, "qqqq")).toEqual([]);
  });

  test("offers the same emoji in each language, each once and with a name", async () => {
    const [english, ...others] = await Promise.all(languages.map((language) => emojiBooks[language].get()));
    const emoji = english?.map((one) => one.emoji) ?? [];
    expect(new Set(emoji).size).toBe(emoji.length);
    for (const book of others) {
      expect(book.map((one) => one.emoji)).toEqual(emoji);
      expect(book.filter(({ name }) => name.trim() === "")).toEqual([]);
    }
  });
});

describe("C4: walking through the emoji by keys", () => {
  test.each([
    ["ArrowRight", 0, 1],
    ["ArrowLeft", 0, 0],
    ["ArrowDown", 1, 1 + COLUMNS],
    ["ArrowDown", 19, 19],
    ["ArrowUp", 9, 9 - COLUMNS],
    ["ArrowUp", 3, 0],
    ["Home", 12, 0],
    ["End", 3, 19],
    ["a", 3, null],
  ])("%s from %i of 20 leads to %s", (key, place, expected) => {
    expect(placeAfterKey(key, place, 20)).toBe(expected);
  });

  test("leads nowhere when there are none", () => {
    expect(placeAfterKey("ArrowDown", 0, 0)).toBeNull();
  });
});
