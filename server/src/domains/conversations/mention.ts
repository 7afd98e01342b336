import type { Occurrence } from "@grata/contract/entries";
import type { FileMention } from "@grata/contract/files";

/** What lists show of a message that has no words; null for one that carries nothing. */
export function mentionOf(occurrence: Occurrence): FileMention | null {
  const file = occurrence.kind === "message" ? occurrence.file : undefined;
  return file ? { kind: file.kind, name: file.name } : null;
}
