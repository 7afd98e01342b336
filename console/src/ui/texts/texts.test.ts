import { type Language, languages } from "@grata/contract/languages";
import { describe, expect, test } from "vitest";
import consoleTestEn from "./console-test.en.json";
import consoleTestHans from "./console-test.zh-Hans.json";
import consoleTestHant from "./console-test.zh-Hant.json";
import en from "./en.json";
import historyEn from "./history.en.json";
import historyHans from "./history.zh-Hans.json";
import historyHant from "./history.zh-Hant.json";
import pushEn from "./push.en.json";
import pushHans from "./push.zh-Hans.json";
import pushHant from "./push.zh-Hant.json";
import quickRepliesEn from "./quick-replies.en.json";
import quickRepliesHans from "./quick-replies.zh-Hans.json";
import quickRepliesHant from "./quick-replies.zh-Hant.json";
import voiceEn from "./voice.en.json";
import voiceHans from "./voice.zh-Hans.json";
import voiceHant from "./voice.zh-Hant.json";
import zhHans from "./zh-Hans.json";
import zhHant from "./zh-Hant.json";

/** Those of every page, and those that come with the page that needs them. */
const books: Record<Language, object> = {
  en: {
    ...en,
    lazy: {
      consoleTest: consoleTestEn,
      history: historyEn,
      push: pushEn,
      quickReplies: quickRepliesEn,
      voice: voiceEn,
    },
  },
  "zh-Hans": {
    ...zhHans,
    lazy: {
      consoleTest: consoleTestHans,
      history: historyHans,
      push: pushHans,
      quickReplies: quickRepliesHans,
      voice: voiceHans,
    },
  },
  "zh-Hant": {
    ...zhHant,
    lazy: {
      consoleTest: consoleTestHant,
      history: historyHant,
      push: pushHant,
      quickReplies: quickRepliesHant,
      voice: voiceHant,
    },
  },
};

function flatten(book: object, path = ""): [string, unknown][] {
  return Object.entries(book).flatMap(([key, value]): [string, unknown][] =>
    typeof value === "object" && value !== null
      ? flatten(value, `${path}${key}.`)
      : [[`${path}${key}`, value]],
  );
}

const plural = /_(zero|one|two|few|many|other)$/;
const baseOf = (key: string) => key.replace(plural, "");
const keysOf = (language: Language) => flatten(books[language]).map(([key]) => key);
const placeholdersOf = (text: string) => [...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name).sort();

describe.each(languages)("B4: the texts in %s", (language) => {
  const texts = flatten(books[language]);

  test("have the same keys as the English ones", () => {
    const bases = new Set(keysOf(language).map(baseOf));
    expect([...bases].sort()).toEqual([...new Set(keysOf("en").map(baseOf))].sort());
  });

  test("are none of them empty", () => {
    const empty = texts.filter(([, text]) => typeof text !== "string" || text.trim() === "");
    expect(empty).toEqual([]);
  });

  test("have every plural form that the language knows, and no other", () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const counted = keysOf(language).filter((key) => plural.test(key));
    const expected = [...new Set(counted.map(baseOf))].flatMap((base) =>
      forms.map((form) => `${base}_${form}`),
    );
    expect(counted.sort()).toEqual(expected.sort());
  });

  test("name the same things in their placeholders as the English ones", () => {
    const english = new Map(
      flatten(books.en).map(([key, text]) => [baseOf(key), placeholdersOf(String(text))]),
    );
    for (const [key, text] of texts) {
      expect([key, placeholdersOf(String(text))]).toEqual([key, english.get(baseOf(key))]);
    }
  });
});
