/** Transcripts of conversations, and the export of everything that is kept of one customer. */
import * as z from "zod/mini";
import { conversationStatus } from "./conversations.ts";
import { customerDetails } from "./customers.ts";
import { authorKind, instant, seq } from "./entries.ts";
import { identifier } from "./identifier.ts";
import { language } from "./languages.ts";
import { timeZone } from "./organisation.ts";
import { source } from "./source.ts";

export const transcriptFormats = ["html", "json", "csv"] as const;
export type TranscriptFormat = (typeof transcriptFormats)[number];

export const transcriptParameters = z.object({ conversationId: identifier });
export const transcriptQuery = z.object({
  format: z.enum(transcriptFormats),
  /** Left out: the reader's own. */
  language: z.optional(language),
  timeZone: z.optional(timeZone),
});
export type TranscriptQuery = z.input<typeof transcriptQuery>;

/** A moment twice: for machines, and by the clock of the time zone, such as 2026-11-22T18:30:05+08:00. */
const moment = z.object({ at: instant, time: z.string() });

/** One entry of a log, in the order of `seq`. */
export const transcriptEntry = z.object({
  seq,
  ...moment.def.shape,
  author: z.object({
    kind: authorKind,
    /** What the customer is called, or the user's real name; null: nobody in particular. */
    name: z.nullable(z.string()),
    /** What the customer saw instead, where that is another name. */
    shownAs: z.nullable(z.string()),
    userId: z.nullable(identifier),
  }),
  /** `team`: the customer never saw it. */
  audience: z.enum(["everybody", "team"]),
  kind: z.enum([
    "message",
    "claimed",
    "closed",
    "released",
    "transferred",
    "moved",
    "note",
    "erased",
    "cleared",
  ]),
  /** The colleague or group that it was transferred to; null: everybody, or it was not transferred. */
  to: z.nullable(z.string()),
  /** Of messages and notes. Empty where a file says it. */
  text: z.nullable(z.string()),
  file: z.nullable(
    z.object({
      id: identifier,
      kind: z.enum(["image", "voice", "file"]),
      name: z.string(),
      mediaType: z.string(),
      bytes: z.int(),
    }),
  ),
});
export type TranscriptEntry = z.infer<typeof transcriptEntry>;

/** What a transcript says before its entries. */
export const transcriptHead = z.object({
  id: identifier,
  status: conversationStatus,
  channel: z.object({ kind: z.string(), name: z.string() }),
  customer: z.object({ id: identifier, reference: z.string(), name: z.nullable(z.string()) }),
  opened: moment,
  closed: z.nullable(moment),
  /** Who serves or served it. */
  servedBy: z.nullable(z.string()),
  source,
  userAgent: z.nullable(z.string()),
  timeZone: z.string(),
});
export type TranscriptHead = z.infer<typeof transcriptHead>;

/** The transcript as JSON. */
export const transcript = z.object({ conversation: transcriptHead, entries: z.array(transcriptEntry) });

/** One of those that were found to be the same person, as the channel, the shop, the customer and the team say it. */
export const exportedCustomer = z.object({
  id: identifier,
  /** By which the organisation vouches for them. */
  externalId: z.nullable(z.string()),
  /** Every id by which their channel knows them, that one too. */
  identities: z.array(z.object({ kind: z.string(), externalId: z.string(), vouched: z.boolean() })),
  name: z.nullable(z.string()),
  email: z.nullable(z.string()),
  teamName: z.nullable(z.string()),
  teamEmail: z.nullable(z.string()),
  phone: z.nullable(z.string()),
  language: z.nullable(language),
  createdAt: instant,
  /** How many browsers hold a key to their chats. */
  browsers: z.int(),
});

/** `data.json` in the export of a customer. A file of a message lies in `files`, its id before its name. */
export const customerExport = z.object({
  customer: customerDetails,
  members: z.array(exportedCustomer),
  conversations: z.array(
    z.object({
      conversation: transcriptHead,
      entries: z.array(transcriptEntry),
      /** That carried answers to them, or will. */
      mails: z.array(
        z.object({
          recipient: z.string(),
          state: z.string(),
          createdAt: instant,
          sentAt: z.nullable(instant),
        }),
      ),
    }),
  ),
  /** Raw pushes of their channels that are in no chat: still waiting, or unreadable. */
  inbox: z.array(z.object({ at: instant, state: z.string(), body: z.string() })),
  /** Files that are not in the archive, because the store has lost them. */
  missingFiles: z.array(identifier),
});
export type CustomerExport = z.infer<typeof customerExport>;
