import type { Language } from "@grata/contract/languages";

/** Everything that a person reads, in one language. */
export type Texts = typeof import("./en.json");

const loaders: Record<Language, () => Promise<Texts>> = {
  en: () => import("./en.json"),
  "zh-Hans": () => import("./zh-Hans.json"),
  "zh-Hant": () => import("./zh-Hant.json"),
};

/** Loads the texts of one language and says in the document which one it is. */
export async function loadTexts(language: Language): Promise<Texts> {
  const texts = await loaders[language]();
  document.documentElement.lang = language;
  document.documentElement.dir = "ltr";
  return texts;
}

/** Puts values into a text's `{name}` places. */
export function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}
