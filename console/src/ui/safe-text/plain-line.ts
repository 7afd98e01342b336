/** Marks, embeddings, overrides and isolates of the bidirectional algorithm: each can turn what stands beside it. */
const directionControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** What a font draws as nothing and Unicode calls a letter or a sign: fillers of Hangul and Braille. */
const blankLetters = /[\u115f\u1160\u2800\u3164\uffa0]/g;

/**
 * A customer's text as one line between texts of ours: without controls that could reorder or break the line. What
 * joins an emoji from several stays.
 */
export function plainLine(text: string): string {
  return text
    .replace(directionControls, "")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
}

/** Whether nothing of this text can be seen. */
export function isBlank(text: string): boolean {
  return text.replace(blankLetters, "").replace(/[\p{C}\p{Z}\p{M}]/gu, "") === "";
}
