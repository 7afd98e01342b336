import * as z from "zod/mini";
import { identifier } from "./identifier.ts";
import { orOther } from "./other.ts";

/** Every kind of channel that is shipped, declared once: the registry has each of them. */
export type ShippedKind = "webchat";

/** A kind as it crosses the wire: a later release may have one that this one does not know. */
export const channelKind = z.string();

/** What a kind of channel can do. Whoever shows a channel asks this and never its kind. */
export const channelCapabilities = z.object({
  /** `fetch`: the customer's client reads the log itself. `push`: each message is handed to the channel, once. */
  reply: z.catch(z.enum(["fetch", "push"]), "push"),
  /** The kinds of files that a user may send. */
  files: z.array(orOther(["image", "file"])),
  /** A user may send what they say. */
  voice: z.boolean(),
  /** The longest text that a user may send, in UTF-16 code units; null: as long as any message. */
  textLimit: z.nullable(z.int()),
  /** How long after a message of the customer it takes an answer, and how many; null: always. */
  replyWindow: z.nullable(z.object({ hours: z.number(), messages: z.nullable(z.int()) })),
  /** What a customer does not see there may go to their address. */
  answersByMail: z.boolean(),
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
      /** What connects it, to be put where customers come from: a snippet, an address. Null: this node does not know. */
      connect: z.nullable(z.string()),
    }),
  ),
});
