import * as z from "zod/mini";
import { identifier } from "./identifier.ts";
import { orOther } from "./other.ts";
import { identityWorld } from "./shown-as.ts";

/** Every kind of channel that is shipped, declared once: the registry has each of them. */
export type ShippedKind = "webchat";

/** A kind as it crosses the wire: a later release may have one that this one does not know. */
export const channelKind = z.string();

/** Capabilities of a kind of channel. Clients ask these and never compare kinds. */
export const channelCapabilities = z.object({
  /** `fetch`: the customer's client reads the log itself. `push`: each message is handed to the channel, once. */
  reply: z.catch(z.enum(["fetch", "push"]), "push"),
  /** The kinds of files that a user may send. */
  files: z.array(orOther(["image", "file"])),
  /** A user may send what they say. */
  voice: z.boolean(),
  /** The longest text that a user may send, in UTF-16 code units; null: as long as any message. */
  textLimit: z.nullable(z.int()),
  /** Time after a customer's message in which answers are accepted, and their number; null: no limit. */
  replyWindow: z.nullable(z.object({ hours: z.number(), messages: z.nullable(z.int()) })),
  /** Answers that the customer does not see may be sent to their e-mail address. */
  answersByMail: z.boolean(),
  /** Which of their identities its customers see users under. */
  identities: z.catch(identityWorld, "webchat"),
});
export type ChannelCapabilities = z.infer<typeof channelCapabilities>;

/** GET /api/channels: everything that is connected, as an admin sees it. */
export const channelList = z.object({
  channels: z.array(
    z.object({
      id: identifier,
      kind: channelKind,
      name: z.string(),
      capabilities: channelCapabilities,
      /** The snippet or address that connects it to where customers come from. Null: unknown to this node. */
      connect: z.nullable(z.string()),
    }),
  ),
});
