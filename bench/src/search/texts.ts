/** Messages as people write them, always the same ones: English and Chinese, with words of a known frequency. */

/** Words that are looked for, with the share of messages that have them. */
export const markers = [
  { word: "退款", share: 0.1 },
  { word: "refund", share: 0.1 },
  { word: "发票", share: 0.02 },
  { word: "warranty", share: 0.02 },
  { word: "改地址", share: 0.001 },
  { word: "thermostat", share: 0.001 },
  { word: "鹈鹕", share: 0.000_01 },
  { word: "xylophone", share: 0.000_01 },
] as const;

const syllables =
  "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu ra re ri".split(
    " ",
  );
const firstHan = 0x4e00;
/** As many characters as a newspaper uses, without those of the markers. */
const hanCount = 3_000;

/** A repeatable stream of numbers from 0 to 1 (mulberry32). */
export function randomly(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A few words are said all the time and most are rare. */
const rank = (random: () => number, count: number) => Math.floor(count * random() ** 3);

function englishWord(random: () => number): string {
  let number = rank(random, 8_000) + 40;
  let word = "";
  for (; number > 0; number = Math.floor(number / syllables.length))
    word += syllables[number % syllables.length];
  return word;
}

function chineseWord(random: () => number): string {
  const number = rank(random, 8_000);
  return String.fromCharCode(firstHan + (number % hanCount), firstHan + ((number * 7) % hanCount));
}

/** One message: 3 to 17 English words, or 2 to 12 Chinese ones; some of the markers at their share. */
export function message(random: () => number): string {
  const isChinese = random() < 0.5;
  const length = isChinese ? 2 + Math.floor(random() * 11) : 3 + Math.floor(random() * 15);
  const words = Array.from({ length }, () => (isChinese ? chineseWord(random) : englishWord(random)));
  for (const { word, share } of markers)
    if (random() < share) words.splice(rank(random, words.length), 0, word);
  return words.join(isChinese ? "" : " ");
}
