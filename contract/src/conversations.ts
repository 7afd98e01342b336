import * as z from "zod/mini";
import { channelCapabilities, channelKind } from "./channels.ts";
import { authorKind, instant, seq } from "./entries.ts";
import { fileMention } from "./files.ts";
import { identifier } from "./identifier.ts";
import { source } from "./source.ts";

export const conversationStatus = z.enum(["waiting", "claimed", "closed"]);
export type ConversationStatus = z.infer<typeof conversationStatus>;

const customer = z.object({
  id: identifier,
  /** Null until somebody knows it; a client then shows its own word for a visitor with `reference`. */
  name: z.nullable(z.string()),
  /** Four characters that tell one nameless visitor from another. */
  reference: z.string(),
  /** Where an answer reaches them when they are gone; null until they leave it. */
  email: z.nullable(z.string()),
  /** True when the shop vouches for who they are; else name and address are their own word. */
  identified: z.boolean(),
});

const channel = z.object({
  id: identifier,
  kind: channelKind,
  name: z.string(),
  capabilities: channelCapabilities,
});

/** The beginning of a message, for lists. Where it has no words, what it carries. */
const excerpt = z.object({
  text: z.string(),
  file: z.optional(fileMention),
  author: authorKind,
  at: instant,
});

/** A line of the wait list. */
export const waitingConversation = z.object({
  id: identifier,
  customer,
  channel,
  waitingSince: instant,
  first: excerpt,
  last: excerpt,
  source,
});
export type WaitingConversation = z.infer<typeof waitingConversation>;

/** A line of an agent's current chats. */
export const currentConversation = z.object({
  id: identifier,
  customer,
  channel,
  status: conversationStatus,
  claimedAt: z.nullable(instant),
  /** The last number of its log. */
  head: seq,
  /** Number of changes of delivery states in it. Left out: none. */
  deliveries: z.optional(z.int()),
  /** The last number that the agent has seen. */
  read: seq,
  /** Messages of the customer after `read`. */
  unread: z.int(),
  last: excerpt,
  /** True: what the customer does not read in the window goes to their address. */
  answersByMail: z.boolean(),
  /** Since when the customer has been waiting for a reply; null when the last word was ours. */
  unansweredSince: z.nullable(instant),
  source,
  /** The user tests their console with it. Such a one is in this list also while its `status` is `waiting`. */
  test: z.optional(z.boolean()),
});
export type CurrentConversation = z.infer<typeof currentConversation>;

/** The customer's own view of their conversation. */
export const customerConversation = z.object({
  id: identifier,
  status: conversationStatus,
  head: seq,
  read: seq,
});
export type CustomerConversation = z.infer<typeof customerConversation>;
