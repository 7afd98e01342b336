/** One emoji with its name and everything by which it can be found. */
export interface Emoji {
  emoji: string;
  name: string;
  words: string;
}

/** The emoji whose words contain every word that was typed; all of them when none was. */
export function findEmoji(book: readonly Emoji[], typed: string): readonly Emoji[] {
  const wanted = typed.toLowerCase().split(/\s+/u).filter(Boolean);
  return book.filter(({ emoji, words }) => wanted.every((word) => words.includes(word) || emoji === word));
}
