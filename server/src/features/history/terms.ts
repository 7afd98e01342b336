import type { Occurrence } from "@grata/contract/entries";
import { saidIn } from "../../domains/conversations/entry.ts";

/** Words as they are indexed and looked for. Index and query use the same rules; a change of them needs a new index. */

/** Scripts that are written without spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const runs =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+|[\p{L}\p{M}\p{N}]/gu;

/** Longer words are found by their beginning, and then compared. */
const longestTerm = 16;

/**
 * A message is found by its first terms: some 1,500 characters without a space, or more English than a message may have.
 * Without a limit each would add up to twenty thousand rows to the index.
 */
export const termsOfMessage = 3_000;

/** A text as it is compared, and for each of its UTF-16 units the place in the text where it comes from. */
export type Folded = { text: string; origins: number[] };

/** Upper and lower case, full and half width, and ligatures are the same. */
export function fold(original: string): Folded {
  let text = "";
  const origins: number[] = [];
  let place = 0;
  for (const character of original) {
    const folded = character.normalize("NFKC").toLowerCase();
    for (let unit = 0; unit < folded.length; unit++) origins.push(place);
    text += folded;
    place += character.length;
  }
  origins.push(place);
  return { text, origins };
}

/** The words of a text: what stands between spaces and punctuation, and each run of an unspaced script. */
function* wordsOf(folded: string): Generator<{ word: string; isUnspaced: boolean }> {
  let word = "";
  let end = 0;
  for (const match of folded.matchAll(runs)) {
    const isUnspaced = unspaced.test(match[0]);
    if (word !== "" && (isUnspaced || match.index !== end)) {
      yield { word, isUnspaced: false };
      word = "";
    }
    if (isUnspaced) yield { word: match[0], isUnspaced };
    else word += match[0];
    end = match.index + match[0].length;
  }
  if (word !== "") yield { word, isUnspaced: false };
}

/** The searchable text of messages and notes: words and file name. Empty for what happened besides. */
export function searchedText(occurrence: Occurrence): string {
  const said = saidIn(occurrence);
  return said === null ? "" : [said.text, said.file?.name ?? ""].filter((part) => part !== "").join("\n");
}

/** Everything by which a text could be found: beginnings of words, and single characters and pairs of unspaced scripts. */
function* allTermsOf(text: string): Generator<string> {
  for (const { word, isUnspaced } of wordsOf(fold(text).text)) {
    const characters = Array.from(word);
    if (isUnspaced) {
      for (const [place, character] of characters.entries()) {
        yield character;
        const next = characters[place + 1];
        if (next !== undefined) yield character + next;
      }
    } else {
      let beginning = characters[0] ?? "";
      for (const character of characters.slice(1, longestTerm)) {
        beginning += character;
        yield beginning;
      }
    }
  }
}

/** The first terms of a text, each once; `isCut`: it has more. */
export function termsOf(text: string, most = termsOfMessage): { terms: Set<string>; isCut: boolean } {
  const terms = new Set<string>();
  for (const term of allTermsOf(text)) {
    if (terms.size === most && !terms.has(term)) return { terms, isCut: true };
    terms.add(term);
  }
  return { terms, isCut: false };
}

/** What somebody looks for: each word must stand in the message, and whoever has all terms may be one. */
export type Wanted = { words: string[]; terms: string[] };

/** Null: nothing that can be looked up, as a single letter. */
export function readWanted(text: string): Wanted | null {
  const folded = fold(text).text;
  const terms = new Set<string>();
  for (const { word, isUnspaced } of wordsOf(folded)) {
    const characters = Array.from(word);
    if (!isUnspaced) {
      if (characters.length > 1) terms.add(characters.slice(0, longestTerm).join(""));
    } else if (characters.length === 1) terms.add(word);
    else
      for (let place = 1; place < characters.length; place++)
        terms.add(`${characters[place - 1]}${characters[place]}`);
  }
  const words = [...new Set(folded.split(/\s+/u).filter((word) => word !== ""))];
  return terms.size === 0 ? null : { words, terms: [...terms] };
}

/** Whether a message with this text, folded, holds all words. */
export function holds(folded: string, { words }: Wanted): boolean {
  return words.every((word) => folded.includes(word));
}
