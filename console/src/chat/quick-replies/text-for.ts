import { type Language, languages } from "@grata/contract/languages";
import type { QuickReplyTexts } from "@grata/contract/quick-replies";

/**
 * The text for somebody who reads `wanted`. Whoever reads one Chinese script makes do with the other before anything
 * else; after that comes the agent's language, then what there is.
 */
export function textFor(
  texts: QuickReplyTexts,
  wanted: Language,
  agent: Language,
): { text: string; language: Language } {
  const kin = languages.filter((known) => wanted.startsWith("zh") && known.startsWith("zh"));
  for (const language of [wanted, ...kin, agent, ...languages]) {
    const text = texts[language];
    if (text !== undefined) {
      return { text, language };
    }
  }
  return { text: "", language: wanted };
}
