import type { Language } from "@grata/contract/languages";
import { attention as attentionEn, customer as customerEn, files as filesEn } from "../../ui/texts/en.json";
import {
  attention as attentionHans,
  customer as customerHans,
  files as filesHans,
} from "../../ui/texts/zh-Hans.json";
import {
  attention as attentionHant,
  customer as customerHant,
  files as filesHant,
} from "../../ui/texts/zh-Hant.json";
import type { PopUpSay } from "../attention/words.ts";

const sentences = (attention: typeof attentionEn, customer: typeof customerEn, files: typeof filesEn) => ({
  "attention.waits": attention.waits,
  "customer.visitor": customer.visitor,
  "files.image": files.image,
  "files.voice": files.voice,
  "files.file": files.file,
});

const books: Record<Language, ReturnType<typeof sentences>> = {
  en: sentences(attentionEn, customerEn, filesEn),
  "zh-Hans": sentences(attentionHans, customerHans, filesHans),
  "zh-Hant": sentences(attentionHant, customerHant, filesHant),
};

/** The console's own sentences for pop-ups in one language, without what loads and draws the console's others. */
export function sayIn(language: Language): PopUpSay {
  return (key: keyof (typeof books)[Language], values: Record<string, string> = {}) =>
    books[language][key].replaceAll(/\{\{(\w+)\}\}/g, (place, name: string) => values[name] ?? place);
}
