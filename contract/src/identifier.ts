import * as z from "zod/mini";

/** Read in lower case, as the database writes it: some clients make ids in capitals, and both are the same id. */
export const identifier = z.uuid().check(z.toLowerCase());
