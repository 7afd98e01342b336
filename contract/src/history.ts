/** What was said before: past and present chats, and the messages in them, by who, where, when and which words. */
import * as z from "zod/mini";
import { channelKind } from "./channels.ts";
import { conversationStatus } from "./conversations.ts";
import { pastConversation } from "./customers.ts";
import { authorKind, instant, seq } from "./entries.ts";
import { identifier } from "./identifier.ts";
import { searchLimit } from "./limits.ts";
import { momentInAddress } from "./moment.ts";

/** Which chats: of whom, on which channel, with a tag of the customer's, begun or (for messages) said between two moments. */
const filters = {
  customerId: z.optional(identifier),
  /** A user who wrote or served in it. */
  userId: z.optional(identifier),
  channelId: z.optional(identifier),
  tagId: z.optional(identifier),
  /** Milliseconds since 1970: not before, and before. */
  from: z.optional(momentInAddress),
  to: z.optional(momentInAddress),
};

/** The chats that the asker may read, newest first. */
export const historyQuery = z.object({ ...filters, cursor: z.optional(identifier) });
export type HistoryQuery = z.input<typeof historyQuery>;

export const historyPageLength = 50;

const customer = z.object({ id: identifier, reference: z.string(), name: z.nullable(z.string()) });
const channel = z.object({ kind: channelKind, name: z.string() });

export const historyConversation = z.object({
  ...pastConversation.def.shape,
  customer,
  lastText: z.string(),
});
export type HistoryConversation = z.infer<typeof historyConversation>;

export const historyPage = z.object({
  conversations: z.array(historyConversation),
  next: z.nullable(identifier),
});
export type HistoryPage = z.infer<typeof historyPage>;

/** Where the next page of hits begins: the place of the last one in the index. */
const searchCursor = z.string().check(z.regex(/^\d{1,10}$/));

/** Those that hold every word of `text`, newest first. */
export const searchQuery = z.object({
  text: z.string().check(z.maxLength(searchLimit)),
  ...filters,
  cursor: z.optional(searchCursor),
});
export type SearchQuery = z.input<typeof searchQuery>;

export const hitsPageLength = 50;

export const hit = z.object({
  conversationId: identifier,
  seq,
  at: instant,
  author: z.object({
    kind: authorKind,
    /** Name at the time. */
    name: z.nullable(z.string()),
    /** As whom the customer saw the user, if under another name. */
    as: z.optional(z.string()),
    /** The user who wrote it, as they are called now. */
    user: z.nullable(z.object({ id: identifier, name: z.string() })),
  }),
  /** What was said around the first word that was looked for; what was looked for is marked. */
  excerpt: z.array(z.object({ text: z.string(), found: z.boolean() })),
  /** The name of the file that came with it. */
  fileName: z.nullable(z.string()),
  customer,
  channel,
  status: conversationStatus,
});
export type Hit = z.infer<typeof hit>;

export const hitsPage = z.object({
  hits: z.array(hit),
  /** There may be older ones; a page with no hits may have this too, where many messages had to be looked at. */
  next: z.nullable(searchCursor),
});
export type HitsPage = z.infer<typeof hitsPage>;

export const historyConversationParameters = z.object({ conversationId: identifier });

/** One chat, with everybody of the team who took part in it. */
export const historyChat = z.object({
  conversation: historyConversation,
  users: z.array(z.object({ id: identifier, name: z.string() })),
});
export type HistoryChat = z.infer<typeof historyChat>;

/** Choices of the history filters. Removed users are among them. */
export const historyChoices = z.object({
  users: z.array(z.object({ id: identifier, name: z.string() })),
  channels: z.array(z.object({ id: identifier, name: z.string() })),
  tags: z.array(z.object({ id: identifier, name: z.string() })),
});
export type HistoryChoices = z.infer<typeof historyChoices>;
