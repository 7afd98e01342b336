import type { ErrorCode } from "@grata/contract/errors";
import { type Language, languages } from "@grata/contract/languages";
import english from "@grata/contract/sentences/errors.en.json" with { type: "json" };
import simplified from "@grata/contract/sentences/errors.zh-Hans.json" with { type: "json" };
import traditional from "@grata/contract/sentences/errors.zh-Hant.json" with { type: "json" };
import englishFindings from "@grata/contract/sentences/findings.en.json" with { type: "json" };
import simplifiedFindings from "@grata/contract/sentences/findings.zh-Hans.json" with { type: "json" };
import traditionalFindings from "@grata/contract/sentences/findings.zh-Hant.json" with { type: "json" };
import { withAttempts } from "@grata/contract/sign-in-attempts";
import type { Finding } from "@grata/contract/web-chat";

const sentences: Record<Language, Record<ErrorCode, string>> = {
  en: english,
  "zh-Hans": simplified,
  "zh-Hant": traditional,
};

const findingSentences: Record<Language, Record<Finding, string>> = {
  en: englishFindings,
  "zh-Hans": simplifiedFindings,
  "zh-Hant": traditionalFindings,
};

/** The sentence of what the check of a page has found, in this language. */
export function sentenceOfFinding(finding: Finding, language: Language): string {
  return findingSentences[language][finding];
}

/** The sentence of an error in this language. */
export function sentenceOf(code: ErrorCode, language: Language): string {
  return withAttempts(sentences[language][code], language);
}

/** The language of ours that an Accept-Language header (RFC 9110, 12.5.4) asks for first; English if none. */
export function preferredLanguage(header: string | undefined): Language {
  const wishes = (header ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const quality = parameters.find((parameter) => parameter.trim().startsWith("q="));
      return { tag: tag.trim(), weight: quality ? Number(quality.trim().slice(2)) : 1 };
    })
    .filter((wish) => wish.weight > 0)
    .sort((one, other) => other.weight - one.weight);
  for (const { tag } of wishes) {
    const language = ofTag(tag);
    if (language) return language;
  }
  return "en";
}

/** Chinese without a script is written in that of its region: traditional in Taiwan, Hong Kong and Macao. */
function ofTag(tag: string): Language | undefined {
  const exact = languages.find((language) => language.toLowerCase() === tag.toLowerCase());
  if (exact) return exact;
  if (/^zh\b/i.test(tag))
    return /\b(hant|tw|hk|mo)\b/i.test(tag) && !/\bhans\b/i.test(tag) ? "zh-Hant" : "zh-Hans";
  return /^en\b/i.test(tag) ? "en" : undefined;
}
