import * as z from "zod/mini";

/** A whole number between two others, also as an address writes it. */
export const wholeNumber = (least: number, most: number) =>
  z.pipe(
    z.union([z.string().check(z.regex(/^\d{1,6}$/)), z.number()]),
    z.pipe(z.transform(Number), z.int().check(z.minimum(least), z.maximum(most))),
  );
