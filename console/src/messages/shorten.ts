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
  return space > LENGTH * 0.8 ? cut.slice(0, space) : cutBetweenCharacters(visible);
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Never within what is read as one character: half a family is another emoji. */
function cutBetweenCharacters(text: string): string {
  let end = 0;
  for (const { index, segment } of graphemes.segment(text.slice(0, LENGTH * 2))) {
    if (index + segment.length > LENGTH) {
      break;
    }
    end = index + segment.length;
  }
  return text.slice(0, end);
}
