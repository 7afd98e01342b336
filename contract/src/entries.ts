import * as z from "zod/mini";
import { attachment, fileMention } from "./files.ts";
import { identifier } from "./identifier.ts";
import { orOther } from "./other.ts";
import { shownAs, shownName } from "./shown-as.ts";

/** Milliseconds since 1970, by the server's clock. */
export const instant = z.int();

/** A client-made id: sending the same one twice into a conversation stores one entry. */
export const clientId = identifier;

/** The place of an entry in its conversation: 1, 2, 3... without a gap. */
export const seq = z.int().check(z.minimum(0), z.maximum(2_147_483_647));

/** Where an entry stands on its way to the customer's channel. `none`: the customer's client fetches it itself. */
export const delivery = z.enum(["none", "pending", "delivered", "failed", "unconfirmed"]);
export type Delivery = z.infer<typeof delivery>;

/** The states after which an agent may have a message handed to the channel once more. */
export const resendable: readonly string[] = ["failed", "unconfirmed"] satisfies Delivery[];

/** Why a message failed or is not confirmed, where we know it ourselves; else a channel says it in its own words. */
export const deliveryReasons = ["interrupted", "no_answer", "channel_failed"] as const;
export type DeliveryReason = (typeof deliveryReasons)[number];

export const authorKind = z.enum(["customer", "user", "bot", "system"]);
export type AuthorKind = z.infer<typeof authorKind>;

/** A message that another one answers in particular, as it was then. */
export const quote = z.object({
  seq,
  /** Its first words. */
  text: z.string(),
  file: z.optional(fileMention),
  author: z.object({ kind: authorKind, name: z.nullable(z.string()) }),
});
export type Quote = z.infer<typeof quote>;

/** What somebody said. The text may be empty where a file says it. */
const said = z.object({
  kind: z.literal("message"),
  text: z.string(),
  file: z.optional(attachment),
  quote: z.optional(quote),
});

/** The identity under which the customer saw the user. Left out: they saw the user's own name. */
const as = z.optional(shownAs);

/** Where a chat was sent, by the name that it had then. */
export const destination = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("everybody") }),
  z.object({ kind: z.literal("group"), groupId: identifier, name: z.string() }),
  z.object({ kind: z.literal("user"), userId: identifier, name: z.string() }),
]);
export type Destination = z.infer<typeof destination>;

/** How many colleagues one note may mention. */
export const mentionsLimit = 20;

/** Latest change of an entry's delivery state, numbered within its conversation. */
const fate = {
  deliveryVersion: z.int(),
  /** One of the reasons above, or the channel's own words. */
  deliveryReason: z.optional(z.string()),
};
export const deliveryState = z.object({ seq, delivery: orOther(delivery.options), ...fate });
export type DeliveryState = z.infer<typeof deliveryState>;

/** What happened, as the log keeps it. */
export const occurrence = z.discriminatedUnion("kind", [
  z.object({ ...said.def.shape, as }),
  z.object({ kind: z.literal("claimed"), as }),
  z.object({ kind: z.literal("closed") }),
  /**
   * Back on the wait list: whoever served it gave it back or was disabled, or an admin did it. The system did it where
   * whoever served it was gone; its author's name is theirs. For the team only.
   */
  z.object({ kind: z.literal("released") }),
  /** Handed to a colleague, a group or everybody by its agent, or taken over by an admin. For the team only. */
  z.object({ kind: z.literal("transferred"), to: destination, as }),
  /** It waited for a group and waits for everybody now. For the team only. */
  z.object({ kind: z.literal("moved"), why: z.enum(["overflow", "group_deleted"]) }),
  /** Written for the team, never sent. */
  z.object({ kind: z.literal("note"), text: z.string(), mentions: z.array(identifier) }),
  /** A message whose words and file were erased: only its place in the log stays. */
  z.object({ kind: z.literal("erased") }),
  /** What was said before this was erased, all of it: whoever still holds it lets it go. */
  z.object({ kind: z.literal("cleared") }),
]);
export type Occurrence = z.infer<typeof occurrence>;

/** Stands in for an occurrence of an unknown kind or shape, so that the entry keeps its place in the log. */
const other = z.object({ kind: z.literal("other") });

/** An entry as the team sees it. */
export const teamEntry = z.object({
  seq,
  occurrence: z.catch(z.discriminatedUnion("kind", [...occurrence.def.options, other]), { kind: "other" }),
  author: z.object({
    kind: authorKind,
    /** Name at the time. */
    name: z.nullable(z.string()),
    userId: z.nullable(identifier),
  }),
  audience: z.enum(["everybody", "team"]),
  delivery: orOther(delivery.options),
  /** Left out while the state is the one that it was stored with. */
  deliveryVersion: z.optional(fate.deliveryVersion),
  deliveryReason: fate.deliveryReason,
  clientId: z.nullable(clientId),
  at: instant,
});
export type TeamEntry = z.infer<typeof teamEntry>;

/**
 * An entry as the customer sees it. A hidden one keeps the place of what is for the team only; `queued`: the chat went
 * back to the wait list with it.
 */
export const customerEntry = z.object({
  seq,
  occurrence: z.catch(
    z.discriminatedUnion("kind", [
      said,
      z.object({ kind: z.literal("claimed") }),
      z.object({ kind: z.literal("closed") }),
      z.object({ kind: z.literal("hidden"), queued: z.optional(z.boolean()) }),
      z.object({ kind: z.literal("erased") }),
      z.object({ kind: z.literal("cleared") }),
      other,
    ]),
    { kind: "other" },
  ),
  author: z.object({
    kind: authorKind,
    name: z.nullable(z.string()),
    /** Of somebody who is seen under an identity: its names, the first of which is `name`. */
    names: z.optional(z.array(shownName)),
    /** The address of its picture on this server. */
    avatar: z.optional(z.string()),
  }),
  clientId: z.nullable(clientId),
  at: instant,
});
export type CustomerEntry = z.infer<typeof customerEntry>;
