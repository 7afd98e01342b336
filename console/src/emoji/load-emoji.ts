import type { Language } from "@grata/contract/languages";
import type { Emoji } from "./find-emoji.ts";

/** Groups of emoji, each with its name and other words, divided by commas. */
type Book = Record<string, Record<string, string>>;

const books: Record<Language, () => Promise<{ default: Book }>> = {
  en: () => import("../texts/emoji.en.json"),
  "zh-Hans": () => import("../texts/emoji.zh-Hans.json"),
  "zh-Hant": () => import("../texts/emoji.zh-Hant.json"),
};

/** The emoji with their words in one language, in the order in which they are shown. */
export async function loadEmoji(language: Language): Promise<readonly Emoji[]> {
  const { default: book } = await books[language]();
  return Object.values(book).flatMap((group) =>
    Object.entries(group).map(([emoji, words]) => ({
      emoji,
      name: words.split(",", 1)[0] ?? emoji,
      words: words.toLowerCase(),
    })),
  );
}
