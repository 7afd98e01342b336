/** A stretch of a message: plain, or something to click. */
export type Stretch = { kind: "text"; text: string } | { kind: "link"; text: string; address: string };

// Only what an address may hold by RFC 3986: in Chinese the sentence goes on right behind it, without a space. A host
// of other letters, which could pass for another host, therefore stays text as well.
const address = /https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+/gi;

const sentenceMarks = ".,:;!?'*";
const opensWith: Record<string, string> = { ")": "(", "]": "[" };

/** Finds the http(s) addresses in a text; every other scheme stays text. */
export function findLinks(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let done = 0;
  for (const match of text.matchAll(address)) {
    const found = withoutClosing(match[0]);
    if (!URL.canParse(found)) {
      continue;
    }
    if (match.index > done) {
      stretches.push({ kind: "text", text: text.slice(done, match.index) });
    }
    stretches.push({ kind: "link", text: found, address: found });
    done = match.index + found.length;
  }
  if (done < text.length) {
    stretches.push({ kind: "text", text: text.slice(done) });
  }
  return stretches;
}

/** Gives the sentence its full stop back, and the bracket that was opened before the address. */
function withoutClosing(found: string): string {
  // How many more of each bracket close than open: counted once, because a customer may send thousands.
  const excess = new Map(
    Object.entries(opensWith).map(([close, open]) => [close, count(found, close) - count(found, open)]),
  );
  let end = found.length;
  while (end > 0) {
    const last = found.charAt(end - 1);
    const surplus = excess.get(last) ?? 0;
    if (surplus > 0) {
      excess.set(last, surplus - 1);
    } else if (!sentenceMarks.includes(last)) {
      break;
    }
    end -= 1;
  }
  return found.slice(0, end);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
