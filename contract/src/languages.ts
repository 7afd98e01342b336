import * as z from "zod/mini";

/** The languages of every text that a person reads, as BCP 47 tags. */
export const languages = ["en", "zh-Hans", "zh-Hant"] as const;

export const language = z.enum(languages);

export type Language = z.infer<typeof language>;
