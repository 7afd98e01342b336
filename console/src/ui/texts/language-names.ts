import type { Language } from "@grata/contract/languages";

/** Each language by its own name, the same whatever the page is written in. */
export const languageNames: Record<Language, string> = {
  en: "English",
  "zh-Hans": "简体中文",
  "zh-Hant": "繁體中文",
};
