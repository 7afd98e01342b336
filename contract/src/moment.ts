import * as z from "zod/mini";

/** Milliseconds since 1970, as they stand in an address. */
export const momentInAddress = z.pipe(z.string().check(z.regex(/^\d{1,15}$/)), z.transform(Number));
