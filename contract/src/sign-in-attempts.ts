import type { Language } from "./languages.ts";

/**
 * So many failures in a row lock an account. This number stands nowhere else: sentences of all homes say
 * `{{attempts, words}}`, and `{{attempts, capital}}` where they begin with it.
 */
export const attemptsAllowed = 6;

const numerals: Record<Language, readonly string[]> = {
  en: ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
  "zh-Hans": [..."零一二三四五六七八九十"],
  "zh-Hant": [..."零一二三四五六七八九十"],
};

/** The formats of the placeholder: a number as people write it out, as far as they do. */
export const numberFormats = {
  words: (count: number, language: Language): string => numerals[language][count] ?? String(count),
  capital: (count: number, language: Language): string =>
    numberFormats.words(count, language).replace(/^./, (first) => first.toUpperCase()),
};

/** A sentence with the number of attempts in it. */
export function withAttempts(sentence: string, language: Language): string {
  return sentence.replaceAll(/{{attempts, (words|capital)}}/g, (_place, format: keyof typeof numberFormats) =>
    numberFormats[format](attemptsAllowed, language),
  );
}
