import { languages } from "@grata/contract/languages";
import { expect, test } from "vitest";
import { helpBooks } from "./help-books.ts";

test("C12: the help says the same in each language, and says all of it", async () => {
  const [english, ...others] = await Promise.all(languages.map((language) => helpBooks[language].get()));
  const shape = (book: typeof english) => book?.map(({ id, paragraphs }) => [id, paragraphs.length]);
  expect(english?.length).toBeGreaterThan(3);
  for (const book of others) {
    expect(shape(book)).toEqual(shape(english));
    const texts = book.flatMap(({ title, paragraphs }) => [title, ...paragraphs]);
    expect(texts.filter((text) => text.trim() === "" || !/\p{Script=Han}/u.test(text))).toEqual([]);
  }
  // Each in its own script: Traditional Chinese writes 戶.
  expect(others.map((book) => /户/u.test(JSON.stringify(book)))).toEqual([true, false]);
});
