import * as z from "zod/mini";

/**
 * One of these words; what a newer server may say instead is read as "other". For what clients read: servers write
 * the words alone.
 */
export function orOther<const Word extends string>(words: readonly Word[]) {
  return z.catch(z.literal([...words, "other"]), "other");
}
