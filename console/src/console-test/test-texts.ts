import { addTexts, type PartBooks } from "../texts/texts.ts";

const books: PartBooks = {
  en: () => import("../texts/console-test.en.json"),
  "zh-Hans": () => import("../texts/console-test.zh-Hans.json"),
  "zh-Hant": () => import("../texts/console-test.zh-Hant.json"),
};

/** Loads what the test of the console says, in the reader's language. */
export function loadTestTexts(): Promise<void> {
  return addTexts("consoleTest", books);
}
