/** The chats of agents who are gone, for admins. */
import * as z from "zod/mini";
import { channelKind } from "./channels.ts";
import { currentConversation } from "./conversations.ts";
import { instant } from "./entries.ts";
import { identifier } from "./identifier.ts";

const { id, customer, claimedAt, last, unansweredSince } = currentConversation.def.shape;

/** A chat whose agent is gone. */
export const absentChat = z.object({
  id,
  /** The agent who serves the chat, and when their absence was noticed. */
  agent: z.object({ id: identifier, name: z.string(), goneSince: instant }),
  customer,
  channel: z.object({ id: identifier, kind: channelKind, name: z.string() }),
  claimedAt,
  last,
  unansweredSince,
});
export type AbsentChat = z.infer<typeof absentChat>;

/** By agent, whoever has been gone for longest first. */
export const absentChatsQuery = z.object({
  /** `next` of the page before. */
  cursor: z.optional(z.string().check(z.maxLength(2_000))),
});
export type AbsentChatsQuery = z.input<typeof absentChatsQuery>;

export const absentChatsPageLength = 50;
export const absentChatsPage = z.object({
  chats: z.array(absentChat),
  /** How many there are on all pages. */
  total: z.int(),
  next: z.nullable(z.string()),
});
export type AbsentChatsPage = z.infer<typeof absentChatsPage>;

/** These chats of an agent, or all of them, 200 at a time. */
export const putBackRequest = z.object({
  userId: identifier,
  conversationIds: z.optional(z.array(identifier).check(z.minLength(1), z.maxLength(absentChatsPageLength))),
});
export type PutBackRequest = z.infer<typeof putBackRequest>;

/** How many went back. None where their agent has come back meanwhile. */
export const putBackAnswer = z.object({ released: z.int() });

/** The chat that the admin takes. */
export const takeOverRequest = z.object({ conversationId: identifier });
