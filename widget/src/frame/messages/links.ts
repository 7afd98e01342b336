/** A piece of a message: plain text, or an address that may be opened. */
export type Piece = { text: string; href?: string };

// The characters of RFC 3986 only, so that an address ends where Chinese text goes on behind it without a space.
const address = /https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+/gi;
const closing = /[.,;:!?'\])]+$/;

/** Splits a text at its web addresses. One with a user name in it is left as text: it lies about where it leads. */
export function splitAtLinks(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const href = trimEnd(match[0]);
    if (URL.canParse(href) && new URL(href).username === "") {
      pieces.push({ text: text.slice(end, match.index) }, { text: href, href });
      end = match.index + href.length;
    }
  }
  pieces.push({ text: text.slice(end) });
  return pieces.filter((piece) => piece.text !== "");
}

/** Drops the punctuation of the sentence around an address, but not a bracket that was opened inside it. */
function trimEnd(candidate: string): string {
  const trimmed = candidate.replace(closing, "");
  const opened = trimmed.split("(").length > trimmed.split(")").length;
  return opened && candidate[trimmed.length] === ")" ? `${trimmed})` : trimmed;
}
