import type { QuickReplyTexts, WrittenQuickReply } from "@grata/contract/quick-replies";

type Named = { category: string; name: string };

/** Two in a list have different keys: names that differ only in case are one name. */
function keyOf({ category, name }: Named): string {
  return `${category}\n${name}`.normalize("NFC").toLowerCase();
}

/** What is stored of a quick reply as it was written. */
export function rowOf({ name, category, texts: written }: WrittenQuickReply) {
  const texts = Object.fromEntries(
    Object.entries(written).filter(([, text]) => text !== undefined && text !== ""),
  ) as QuickReplyTexts;
  return {
    name,
    category,
    texts,
    key: keyOf({ category, name }),
    searched: asSearched([name, category, ...Object.values(texts)].join("\n")),
  };
}

/** A text as searches compare it. */
export function asSearched(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

/** The words of a search; more than these narrow nothing any more. */
export function wordsOf(search = ""): string[] {
  return asSearched(search).split(/\s+/).filter(Boolean).slice(0, 8);
}
