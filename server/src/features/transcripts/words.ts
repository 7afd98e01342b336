import type { Language } from "@grata/contract/languages";
import type { TranscriptEntry } from "@grata/contract/transcripts";
import english from "./texts/en.json" with { type: "json" };
import simplified from "./texts/zh-Hans.json" with { type: "json" };
import traditional from "./texts/zh-Hant.json" with { type: "json" };

const texts = { en: english, "zh-Hans": simplified, "zh-Hant": traditional } satisfies Record<
  Language,
  typeof english
>;

/** The fixed words of transcripts. */
export const wordsIn = (language: Language): typeof english => texts[language];

export const fill = (text: string, values: Record<string, string>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "");

/** Says in a sentence what happened; empty for a message or a note, which have their own words. */
export function sentenceOfEvent({ kind, author, to }: TranscriptEntry, language: Language): string {
  const words = wordsIn(language);
  const name = author.name ?? words.somebody;
  switch (kind) {
    case "message":
    case "note":
      return "";
    case "released":
      // The system does it where whoever served the chat was away; the name is theirs.
      return fill(words.events[author.kind === "system" ? "unattended" : kind], { name });
    case "transferred":
      return to === null
        ? fill(words.events.handedBack, { name })
        : fill(words.events.transferred, { name, to });
    case "claimed":
    case "closed":
    case "moved":
    case "erased":
    case "cleared":
      return fill(words.events[kind], { name });
  }
}
