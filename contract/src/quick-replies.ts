/** Quick replies: texts that are written once, and put into the composer whenever they fit. */
import * as z from "zod/mini";
import { instant } from "./entries.ts";
import { identifier } from "./identifier.ts";
import { language, type languages } from "./languages.ts";
import { nameLimit, quickReplyTextLimit } from "./limits.ts";
import { fails, isText, name } from "./text.ts";
import { wholeNumber } from "./whole-number.ts";

/** So many has an organisation for everybody, and so many each user for themselves. */
export const organisationQuickRepliesLimit = 5_000;
export const ownQuickRepliesLimit = 500;

/** Empty: in none. */
const category = z.string(fails("category_invalid")).check(
  z.trim(),
  z.refine(
    (value) =>
      value.length <= nameLimit && isText(value) && !/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u.test(value),
    fails("category_invalid"),
  ),
);

/** Lines end as in a composer. Direction marks may stand in it: in some languages they belong there. */
const text = z.pipe(
  z.pipe(
    z.string(fails("quick_reply_not_text")),
    z.transform((value: string) => value.replace(/\r\n?/g, "\n").trim()),
  ),
  z.string().check(
    z.refine((value) => value.length <= quickReplyTextLimit, fails("quick_reply_too_long")),
    z.refine(isText, fails("quick_reply_not_text")),
  ),
);

/** What it says in each language; an empty one is left out when it is kept. One at least says something. */
const writtenTexts = z
  .object({
    en: z.optional(text),
    "zh-Hans": z.optional(text),
    "zh-Hant": z.optional(text),
  } satisfies Record<(typeof languages)[number], unknown>)
  .check(z.refine((texts) => Object.values(texts).some(Boolean), fails("quick_reply_empty")));

const texts = z.partialRecord(language, z.string());
export type QuickReplyTexts = z.infer<typeof texts>;

/** Everything that is written of one. */
export const writtenQuickReply = z.object({ name, category, texts: writtenTexts });
export type WrittenQuickReply = z.output<typeof writtenQuickReply>;

export const quickReply = z.object({
  id: identifier,
  name: z.string(),
  category: z.string(),
  texts,
  changedAt: instant,
});
export type QuickReply = z.infer<typeof quickReply>;

export const quickReplyParameters = z.object({ quickReplyId: identifier });

/** A part of name, category or text, in any case; of several words each. */
const search = z.string().check(z.maxLength(200));

export const quickReplySorts = ["name", "category", "changed"] as const;
export const quickRepliesPageLimit = 200;
export const quickRepliesQuery = z.object({
  search: z.optional(search),
  category: z.optional(z.string().check(z.maxLength(nameLimit))),
  /** Default: `name`. */
  sort: z.optional(z.enum(quickReplySorts)),
  direction: z.optional(z.enum(["ascending", "descending"])),
  /** `next` of the page before. */
  cursor: z.optional(z.string().check(z.maxLength(2_000))),
  /** Default: 50. */
  limit: z.optional(wholeNumber(1, quickRepliesPageLimit)),
});
export type QuickRepliesQuery = z.input<typeof quickRepliesQuery>;

export const quickRepliesPage = z.object({
  quickReplies: z.array(quickReply),
  /** How many there are with these filters, on all pages. */
  total: z.int(),
  /** Every category in use, whatever the filters; the first five hundred. */
  categories: z.array(z.string()),
  next: z.nullable(z.string()),
});
export type QuickRepliesPage = z.infer<typeof quickRepliesPage>;

export const quickReplyDeletionsLimit = 500;
export const deleteQuickRepliesBody = z.object({
  ids: z.array(identifier).check(z.minLength(1), z.maxLength(quickReplyDeletionsLimit)),
});
/** Those that somebody else has deleted meanwhile are not counted. */
export const deletedQuickReplies = z.object({ deleted: z.int() });

export const importLinesLimit = 200;
/** The cells of a line of a table. */
const importLine = z.object({
  name: z.string(),
  category: z.string(),
  en: z.string(),
  "zh-Hans": z.string(),
  "zh-Hant": z.string(),
});
export type ImportLine = z.infer<typeof importLine>;

/** Each line is judged by itself: a bad one does not spoil the others. */
export const importQuickRepliesBody = z.object({
  /** What becomes of one that is there already, by its category and name. */
  existing: z.enum(["keep", "replace"]),
  lines: z.array(importLine).check(z.minLength(1), z.maxLength(importLinesLimit)),
});
export type ImportQuickReplies = z.infer<typeof importQuickRepliesBody>;

/** A report for each line, in their order. */
export const importReport = z.object({
  lines: z.array(
    z.discriminatedUnion("outcome", [
      z.object({ outcome: z.enum(["created", "replaced", "unchanged"]) }),
      z.object({ outcome: z.literal("refused"), code: z.string(), message: z.string() }),
    ]),
  ),
});
export type ImportOutcome = z.infer<typeof importReport>["lines"][number];

/** For the composer, the best first. Everybody's, and the user's own. */
export const choicesLimit = 30;
export const choicesQuery = z.object({
  search: z.optional(search),
  /** The chat that is written into. */
  conversationId: z.optional(identifier),
});
export const choice = z.object({ ...quickReply.def.shape, own: z.boolean() });
export type Choice = z.infer<typeof choice>;
export const choices = z.object({
  choices: z.array(choice),
  /** How many were found; not more than `choicesLimit` of them are here. */
  total: z.int(),
  /** The language of the customer, where their channel told it. */
  customerLanguage: z.nullable(language),
});
export type Choices = z.infer<typeof choices>;
