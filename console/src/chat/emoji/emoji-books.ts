import type { Late } from "@grata/client/browser/late";
import type { Language } from "@grata/contract/languages";
import { late } from "../../ui/late/late.ts";
import type { Emoji } from "./find-emoji.ts";

/** Groups of emoji, each with its name and other words, divided by commas. */
type Book = Record<string, Record<string, string>>;

/** The emoji with their words in each language, in the order in which they are shown. */
export const emojiBooks: Record<Language, Late<readonly Emoji[]>> = {
  en: late(async () => read(await import("../../ui/texts/emoji.en.json"))),
  "zh-Hans": late(async () => read(await import("../../ui/texts/emoji.zh-Hans.json"))),
  "zh-Hant": late(async () => read(await import("../../ui/texts/emoji.zh-Hant.json"))),
};

function read({ default: book }: { default: Book }): readonly Emoji[] {
  return Object.values(book).flatMap((group) =>
    Object.entries(group).map(([emoji, words]) => ({
      emoji,
      name: words.split(",", 1)[0] ?? emoji,
      words: words.toLowerCase(),
    })),
  );
}
