import type { Language } from "@grata/contract/languages";
import type { TranscriptEntry } from "@grata/contract/transcripts";
import { csvLine, csvMark } from "../../domains/quick-replies/csv-cells.ts";
import type { Transcript } from "./read-transcript.ts";
import { sentenceOfEvent, wordsIn } from "./words.ts";

/** A transcript as a table: a line for each entry, its columns named in this language. */
export async function* asCsv({ pages }: Transcript, language: Language): AsyncGenerator<string> {
  const { columns } = wordsIn(language);
  yield csvMark + csvLine(Object.values(columns));
  for await (const page of pages()) {
    yield page.map((entry) => csvLine(cellsOf(entry, language))).join("");
  }
}

function cellsOf(entry: TranscriptEntry, language: Language): string[] {
  const { seq, time, author, audience, text, file } = entry;
  const words = wordsIn(language);
  return [
    String(seq),
    time,
    words.authors[author.kind],
    author.name ?? "",
    author.shownAs ?? "",
    audience === "team" ? words.teamOnly : "",
    text ?? sentenceOfEvent(entry, language),
    file?.name ?? "",
    file ? words.files[file.kind] : "",
    file ? String(file.bytes) : "",
  ];
}
