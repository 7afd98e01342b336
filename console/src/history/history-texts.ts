import { addTexts, type PartBooks } from "../texts/texts.ts";

const books: PartBooks = {
  en: () => import("../texts/history.en.json"),
  "zh-Hans": () => import("../texts/history.zh-Hans.json"),
  "zh-Hant": () => import("../texts/history.zh-Hant.json"),
};

/** Loads what the pages of history say, in the reader's language. */
export function loadHistoryTexts(): Promise<void> {
  return addTexts("history", books);
}
