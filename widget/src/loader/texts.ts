import type { Language } from "@grata/contract/languages";
import { launcher as english } from "../texts/en.json";
import { launcher as simplifiedChinese } from "../texts/zh-Hans.json";
import { launcher as traditionalChinese } from "../texts/zh-Hant.json";

/** The launcher's few words in all languages: less than a second request would cost. */
export const texts: Record<Language, typeof english> = {
  en: english,
  "zh-Hans": simplifiedChinese,
  "zh-Hant": traditionalChinese,
};
