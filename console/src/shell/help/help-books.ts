import type { Late } from "@grata/client/browser/late";
import type { Language } from "@grata/contract/languages";
import { late } from "../../ui/late/late.ts";

/** One screen of the console: what it shows, and what one does there. */
export interface HelpSection {
  /** Where a link to it leads. */
  id: string;
  title: string;
  paragraphs: readonly string[];
}

/** The help in each language. */
export const helpBooks: Record<Language, Late<readonly HelpSection[]>> = {
  en: late(async () => (await import("../../ui/texts/help.en.json")).default),
  "zh-Hans": late(async () => (await import("../../ui/texts/help.zh-Hans.json")).default),
  "zh-Hant": late(async () => (await import("../../ui/texts/help.zh-Hant.json")).default),
};
