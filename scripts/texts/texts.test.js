// @ts-check
import { expect, test } from "vitest";
import { languages, readHomes } from "./homes.js";

/** @typedef {import("./homes.js").Home} Home */

const plural = /_(zero|one|two|few|many|other)$/;
/** Keys for the text after a mail's button, which not every mail has. */
const afterButton = /\.after$/;
/** @param {string} key */
const baseOf = (key) => key.replace(plural, "");

/**
 * The names that stand in a text for something else: `{{name}}`, `{{count, number}}`, and `{name}` in the web chat.
 * @param {unknown} text
 */
const placeholdersOf = (text) => Array.from(String(text).matchAll(/\{\{?(\w+)/g), ([, name]) => name).sort();

/**
 * Lists what is wrong with a home: a text or a plural form that a language lacks or has too many of, an empty text, and
 * a text that does not name what the English one names.
 * @param {Home} home
 * @returns {string[]}
 */
function faultsOf({ path, books }) {
  const english = new Map(books.en.map(({ key, text }) => [baseOf(key), text]));
  return languages.flatMap((language) => {
    const book = books[language];
    const found = new Map(book.map(({ key, text }) => [key, text]));
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const bases = new Set(
      books.en
        .map(({ key }) => key)
        .filter((key) => plural.test(key))
        .map(baseOf),
    );
    const wanted = [...english.keys()].flatMap((base) =>
      bases.has(base) ? forms.map((form) => `${base}_${form}`) : [base],
    );
    const missing = wanted.filter((key) => !found.has(key)).map((key) => `${key} is missing`);
    const unknown = [...found.keys()]
      .filter((key) => !wanted.includes(key))
      .map((key) => `${key} is in no English text`);
    const wrong = book.flatMap(({ key, text }) => {
      const model = english.get(baseOf(key));
      if (model === undefined) return [];
      if (typeof text !== "string") return [`${key} is no text`];
      const mayBeEmpty = model === "" && afterButton.test(key);
      if (text.trim() === "" && !mayBeEmpty) return [`${key} is empty`];
      return String(placeholdersOf(text)) === String(placeholdersOf(model))
        ? []
        : [`${key} names other things`];
    });
    return [...missing, ...unknown, ...wrong].map((fault) => `${path} ${language}: ${fault}`);
  });
}

const homes = readHomes();

test("B4: there are homes of texts in the contract, the server, the console and the web chat", () => {
  const workspaces = homes.map(({ path }) => path.split("/")[0]);
  expect(new Set(workspaces)).toEqual(new Set(["contract", "server", "console", "widget"]));
});

test.each(homes)("B4, D1: $path has every text, placeholder and plural in every language", (home) => {
  expect(home.books.en).not.toEqual([]);
  expect(faultsOf(home)).toEqual([]);
});

test("B4: whatever one language lacks is found", () => {
  const en = [
    { key: "greeting", text: "Hello {{name}}" },
    { key: "mail.after", text: "" },
    { key: "left_one", text: "{{count, number}} left" },
    { key: "left_other", text: "{{count, number}} left" },
  ];
  const whole = [
    { key: "greeting", text: "{{name}}，您好" },
    { key: "mail.after", text: "" },
    { key: "left_other", text: "剩余 {{count, number}}" },
  ];
  /** @param {import("./homes.js").Text[]} book */
  const faults = (book) => faultsOf({ path: "x", books: { en, "zh-Hans": whole, "zh-Hant": book } });
  /** @param {Record<string, unknown>} changes */
  const changed = (changes) =>
    whole.map(({ key, text }) => ({ key, text: key in changes ? changes[key] : text }));
  expect(faults(whole)).toEqual([]);
  expect(faults(whole.slice(1))).toEqual(["x zh-Hant: greeting is missing"]);
  expect(faults([...whole, { key: "more", text: "更多" }])).toEqual([
    "x zh-Hant: more is in no English text",
  ]);
  expect(faults([...whole, { key: "left_one", text: "剩余 {{count, number}}" }])).toEqual([
    "x zh-Hant: left_one is in no English text",
  ]);
  expect(faults(whole.slice(0, 2))).toEqual(["x zh-Hant: left_other is missing"]);
  expect(faults(changed({ greeting: " " }))).toEqual(["x zh-Hant: greeting is empty"]);
  expect(faults(changed({ greeting: 5 }))).toEqual(["x zh-Hant: greeting is no text"]);
  expect(faults(changed({ greeting: "您好" }))).toEqual(["x zh-Hant: greeting names other things"]);
  expect(faults(changed({ left_other: "剩余 {{number}}" }))).toEqual([
    "x zh-Hant: left_other names other things",
  ]);
});
