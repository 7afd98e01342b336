import type { Language } from "@grata/contract/languages";
import { useLanguage } from "../texts/use-language.ts";
import { useTimeZone } from "./time-zone.ts";

/** How the reader is told a time: in which language, and by which clock. */
export interface Locale {
  language: Language;
  timeZone: string;
}

/** The reader's language and time zone; the component renders again when they change one. */
export function useLocale(): Locale {
  return { language: useLanguage(), timeZone: useTimeZone() };
}
