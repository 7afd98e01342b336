import type { CurrentConversation } from "@grata/contract/conversations";
import type { TeamEntry } from "@grata/contract/entries";

/** As much of a message as the server puts into a list. */
const EXCERPT = 200;

/** The last message of these entries as lists show it; undefined: there is none among them. */
export function lastWords(entries: readonly TeamEntry[]): CurrentConversation["last"] | undefined {
  const entry = entries.findLast(({ occurrence }) => occurrence.kind === "message");
  if (entry?.occurrence.kind !== "message") return undefined;
  const { text, file } = entry.occurrence;
  return {
    // Cut in the middle of an emoji, it would not be text any more.
    text: text.slice(0, EXCERPT).toWellFormed(),
    ...(file && { file: { kind: file.kind, name: file.name } }),
    author: entry.author.kind,
    at: entry.at,
  };
}
