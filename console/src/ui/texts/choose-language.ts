import { type Language, language, languages } from "@grata/contract/languages";

/** What may decide the language of the pages; the first that says something wins. */
export interface LanguageWishes {
  /** The language that belongs to the signed-in user: their choice, kept on the server. */
  own: Language | null;
  /** What the reader last chose in this browser. */
  chosen: string | null;
  /** The browser's languages, best first. */
  browser: readonly string[];
}

/** The language that a page is shown in: the user's own, else this browser's last choice, else what it prefers. */
export function chooseLanguage({ own, chosen, browser }: LanguageWishes): Language {
  if (own !== null) {
    return own;
  }
  const choice = language.safeParse(chosen);
  if (choice.success) {
    return choice.data;
  }
  return firstSpoken(browser);
}

function firstSpoken(tags: readonly string[]): Language {
  for (const tag of tags) {
    const spoken = asLanguage(tag);
    if (spoken !== null) {
      return spoken;
    }
  }
  return "en";
}

/** `zh-HK` names no script; Unicode's likely subtags know that Hong Kong, Macao and Taiwan write Hant. */
function asLanguage(tag: string): Language | null {
  try {
    const likely = new Intl.Locale(tag).maximize();
    const candidates: string[] = [likely.language, `${likely.language}-${likely.script}`];
    return languages.find((known) => candidates.includes(known)) ?? null;
  } catch {
    // A browser may be set to something that is no language tag at all.
    return null;
  }
}
