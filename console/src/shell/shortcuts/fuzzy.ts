/** Of a longer text only its beginning is searched: it is a customer's last message, not a name. */
const LONGEST = 200;

/** Points for where a word of the search was found, best first. */
const WHOLE = 100;
const START = 80;
const WORD = 60;
const INSIDE = 40;
const SCATTERED = 20;

/**
 * How well a text answers a search; null when it does not. Every word of the search has to be found, in any order:
 * at the start of the text, of a word, inside one, or at least with its letters in their order. Case, accents and full
 * width do not matter.
 */
export function fuzzyScore(search: string, text: string): number | null {
  const words = fold(search).split(/\s+/).filter(Boolean);
  const folded = fold(text);
  let sum = 0;
  for (const word of words) {
    const score = scoreOf(word, folded);
    if (score === null) return null;
    sum += score;
  }
  // Of two equal answers the shorter one is meant.
  return sum - folded.length / 1_000;
}

function fold(text: string): string {
  return text
    .slice(0, LONGEST)
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase();
}

function scoreOf(word: string, text: string): number | null {
  if (word === text) return WHOLE;
  const place = text.indexOf(word);
  if (place === 0) return START;
  if (place > 0) return isWordStart(text, word) ? WORD : INSIDE;
  return scatteredScore(word, text);
}

function isWordStart(text: string, word: string): boolean {
  for (let place = text.indexOf(word); place >= 0; place = text.indexOf(word, place + 1)) {
    if (/[^\p{Letter}\p{Number}]/u.test(text[place - 1] ?? " ")) return true;
  }
  return false;
}

/** Letters in their order with others between them: the fewer others, the better; too many of them is no answer. */
function scatteredScore(word: string, text: string): number | null {
  const letters = [...word];
  if (letters.length < 2) return null;
  let fewest = Number.POSITIVE_INFINITY;
  const [first = ""] = letters;
  for (let start = text.indexOf(first); start >= 0; start = text.indexOf(first, start + 1)) {
    const end = endOf(letters, text, start);
    if (end === null) break;
    fewest = Math.min(fewest, end - start + 1 - letters.length);
  }
  return fewest >= letters.length ? null : SCATTERED - fewest / 10;
}

/** Where the last of these letters stands when the first is at `start`; null when they do not all follow. */
function endOf(letters: readonly string[], text: string, start: number): number | null {
  let place = start;
  for (const letter of letters.slice(1)) {
    place = text.indexOf(letter, place + 1);
    if (place < 0) return null;
  }
  return place;
}
