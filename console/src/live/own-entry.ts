import type { CurrentConversation } from "@grata/contract/conversations";
import type { Delivery, TeamEntry } from "@grata/contract/entries";
import type { Attachment } from "@grata/contract/files";

/** Who writes here. */
export interface Author {
  id: string;
  name: string;
}

/** A message of ours that the server has acknowledged. */
export interface SentMessage {
  conversationId: string;
  clientId: string;
  text: string;
  file: Attachment | undefined;
  seq: number;
  at: number;
}

type ChannelKind = CurrentConversation["channel"]["kind"];

/** The entry that the server has made of a message of ours, as its answer lets us know it. */
export function ownEntry(author: Author, channel: ChannelKind, sent: SentMessage): TeamEntry {
  return {
    seq: sent.seq,
    occurrence: { kind: "message", text: sent.text, ...(sent.file && { file: sent.file }) },
    author: { kind: "user", name: author.name, userId: author.id },
    audience: "everybody",
    delivery: firstDelivery(channel),
    clientId: sent.clientId,
    at: sent.at,
  };
}

/** Where a message stands when it was just stored. */
function firstDelivery(channel: ChannelKind): Delivery {
  switch (channel) {
    case "webchat":
      return "none";
  }
}
