import type { Language } from "@grata/contract/languages";

const traditional = /-(hant|tw|hk|mo)(-|$)/i;
const simplified = /-hans(-|$)/i;

/** The first of a reader's languages (`navigator.languages`) that we have; English when there is none. */
export function chooseLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    if (/^zh(-|$)/i.test(tag)) {
      return traditional.test(tag) && !simplified.test(tag) ? "zh-Hant" : "zh-Hans";
    }
    if (/^en(-|$)/i.test(tag)) {
      return "en";
    }
  }
  return "en";
}
