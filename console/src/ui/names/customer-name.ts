import { isBlank, plainLine } from "../safe-text/plain-line.ts";

/** The name that a customer gave, fit for a line of ours; null when none can be read. */
export function givenName(customer: { name: string | null }): string | null {
  const name = plainLine(customer.name ?? "");
  return isBlank(name) ? null : name;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** One or two letters that stand for a name where there is room for no more. */
export function initialsOf(name: string): string {
  const words = name.split(" ").filter((word) => !isBlank(word));
  const [first = "", last = ""] = [firstLetter(words[0]), words.length > 1 ? firstLetter(words.at(-1)) : ""];
  // Of a Chinese name one character says enough, and two of an emoji are too wide.
  return /^\p{Script=Latin}/u.test(first) && /^\p{Script=Latin}/u.test(last) ? first + last : first;
}

function firstLetter(word = ""): string {
  const [first] = graphemes.segment(word);
  return (first?.segment ?? "").toUpperCase();
}

/** So many colours are told apart at a glance. */
const HUES = 12;

/** The colour of a face, always the same for the same customer, in degrees. */
export function hueOf(id: string): number {
  let sum = 0;
  for (const character of id) {
    sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  }
  return (sum % HUES) * (360 / HUES);
}
