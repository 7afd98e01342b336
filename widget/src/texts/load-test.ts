import type { Language } from "@grata/contract/languages";
import english from "./console-test.en.json?url";
import simplifiedChinese from "./console-test.zh-Hans.json?url";
import traditionalChinese from "./console-test.zh-Hant.json?url";

const addresses: Record<Language, string> = {
  en: english,
  "zh-Hans": simplifiedChinese,
  "zh-Hant": traditionalChinese,
};

/** Loads what the page of a test says, in one language, and says in the document which one it is. */
export async function loadTestTexts(language: Language): Promise<Record<string, string>> {
  const response = await fetch(addresses[language]);
  document.documentElement.lang = language;
  return response.json();
}
