/** What one can take in at a glance; the rest is shown on demand. */
const LENGTH = 1_500;
const LINES = 24;

/** The beginning of a long message, cut between two words where there are any; null when it is short enough. */
export function shorten(text: string): string | null {
  const lines = text.split("\n", LINES + 1);
  const visible = lines.slice(0, LINES).join("\n");
  if (lines.length <= LINES && text.length <= LENGTH) {
    return null;
  }
  if (visible.length <= LENGTH) {
    return visible;
  }
  const cut = visible.slice(0, LENGTH);
  const space = cut.lastIndexOf(" ");
  return (space > LENGTH * 0.8 ? cut.slice(0, space) : withoutBrokenEnd(cut)).toWellFormed();
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Drops the last character, which the cut may have torn apart: half a family is another emoji. */
function withoutBrokenEnd(cut: string): string {
  const last = [...graphemes.segment(cut)].at(-1);
  return cut.slice(0, last?.index);
}
