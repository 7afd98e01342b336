import { expect, test } from "vitest";
import english from "./en.json";
import { fill } from "./fill.ts";
import uploadsEnglish from "./uploads.en.json";
import uploadsSimplified from "./uploads.zh-Hans.json";
import uploadsTraditional from "./uploads.zh-Hant.json";
import simplifiedChinese from "./zh-Hans.json";
import traditionalChinese from "./zh-Hant.json";

/** Each text by its path, with the places to be filled in it. */
function outline(texts: Record<string, Record<string, string>>): [string, string[]][] {
  return Object.entries(texts).flatMap(([group, words]) =>
    Object.entries(words).map(([key, text]): [string, string[]] => [
      `${group}.${key}`,
      text.match(/\{\w+\}/g) ?? [],
    ]),
  );
}

test.each([
  ["zh-Hans", { ...simplifiedChinese, uploads: uploadsSimplified }],
  ["zh-Hant", { ...traditionalChinese, uploads: uploadsTraditional }],
])("D1: %s has every text, with the same places to fill", (_, texts) => {
  expect(outline(texts)).toEqual(outline({ ...english, uploads: uploadsEnglish }));
  expect(JSON.stringify(texts)).not.toContain('""');
});

test("D1: places are filled with what stands for them, and with nothing from inside it", () => {
  expect(fill("{name} joined {what}", { name: "{what}" })).toBe("{what} joined {what}");
});
