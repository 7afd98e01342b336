import type { Hit } from "@grata/contract/history";
import type { Folded, Wanted } from "./terms.ts";

/** How much is shown before the first word that was found, and in all. */
const before = 40;
const most = 240;

/** A part of a text around the first word that was looked for, in pieces; what was looked for is marked. */
export function excerptOf(text: string, folded: Folded, { words }: Wanted): Hit["excerpt"] {
  const ranges = words
    .flatMap((word) => rangesOf(folded, word))
    .sort((one, other) => one.start - other.start || one.end - other.end);
  const first = ranges[0]?.start ?? 0;
  const start = first > before ? beginningOf(text, first - before) : 0;
  const end = beginningOf(text, Math.min(start + most, text.length));
  const pieces: Hit["excerpt"] = [];
  const add = (from: number, to: number, found: boolean) => {
    if (to > from) pieces.push({ text: text.slice(from, to), found });
  };
  let place = start;
  for (const range of ranges) {
    const from = Math.min(Math.max(range.start, place), end);
    const to = Math.min(Math.max(range.end, from), end);
    add(place, from, false);
    add(from, to, true);
    place = Math.max(place, to);
  }
  add(place, end, false);
  const head = pieces[0];
  if (head && start > 0) head.text = `…${head.text}`;
  const tail = pieces.at(-1);
  if (tail && end < text.length) tail.text = `${tail.text}…`;
  return pieces;
}

function rangesOf({ text, origins }: Folded, word: string): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  for (let found = text.indexOf(word); found >= 0; found = text.indexOf(word, found + word.length)) {
    // A character may be folded into several: it is marked whole.
    let after = found + word.length;
    while (origins[after] === origins[after - 1]) after++;
    ranges.push({ start: origins[found] ?? 0, end: origins[after] ?? 0 });
  }
  return ranges;
}

/** The place, or the one before it where it would part a character. */
function beginningOf(text: string, place: number): number {
  const unit = text.charCodeAt(place);
  return unit >= 0xdc00 && unit <= 0xdfff ? place - 1 : place;
}
