import type { Language } from "@grata/contract/languages";

/** One screen of the console: what it shows, and what one does there. */
export interface HelpSection {
  /** Where a link to it leads. */
  id: string;
  title: string;
  paragraphs: readonly string[];
}

const books: Record<Language, () => Promise<{ default: readonly HelpSection[] }>> = {
  en: () => import("../texts/help.en.json"),
  "zh-Hans": () => import("../texts/help.zh-Hans.json"),
  "zh-Hant": () => import("../texts/help.zh-Hant.json"),
};

/** The help in one language, fetched when somebody reads it. */
export async function loadHelp(language: Language): Promise<readonly HelpSection[]> {
  return (await books[language]()).default;
}
