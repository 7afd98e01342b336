import type { Language } from "@grata/contract/languages";
import english from "./en.json?url";
import simplifiedChinese from "./zh-Hans.json?url";
import traditionalChinese from "./zh-Hant.json?url";

/** Everything that a person reads, in one language. */
export type Texts = typeof import("./en.json");

const addresses: Record<Language, string> = {
  en: english,
  "zh-Hans": simplifiedChinese,
  "zh-Hant": traditionalChinese,
};

/** Loads the texts of one language and says in the document which one it is. */
export async function loadTexts(language: Language): Promise<Texts> {
  const response = await fetch(addresses[language]);
  document.documentElement.lang = language;
  document.documentElement.dir = "ltr";
  return response.json();
}
