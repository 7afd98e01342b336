import type { CurrentConversation, WaitingConversation } from "@grata/contract/conversations";
import type { TeamEntry } from "@grata/contract/entries";

const channel: CurrentConversation["channel"] = {
  id: "00000000-0000-4000-8000-00000000c0de",
  kind: "webchat",
  name: "shop.example",
  capabilities: {
    reply: "fetch",
    files: ["image", "file"],
    voice: true,
    textLimit: null,
    replyWindow: null,
    answersByMail: true,
    identities: "webchat",
  },
};

const customer = {
  id: "00000000-0000-4000-8000-00000000cafe",
  name: null,
  email: null,
  identified: false,
  reference: "A3F9",
};

const source = { page: null, referrer: null };

/** A chat that the agent has claimed. */
export function currentChat(id: string, part: Partial<CurrentConversation> = {}): CurrentConversation {
  return {
    id,
    customer,
    channel,
    status: "claimed",
    claimedAt: 1000,
    head: 1,
    read: 0,
    unread: 1,
    last: { text: "hello", author: "customer", at: 1000 },
    answersByMail: false,
    unansweredSince: 1000,
    source,
    ...part,
  };
}

/** A chat that nobody has claimed. */
export function waitingChat(id: string, part: Partial<WaitingConversation> = {}): WaitingConversation {
  const said = { text: "hello", author: "customer", at: 1000 } as const;
  return { id, customer, channel, waitingSince: 1000, first: said, last: said, source, ...part };
}

/** A message of the customer in a log. */
export function message(seq: number, part: Partial<TeamEntry> = {}): TeamEntry {
  return {
    seq,
    occurrence: { kind: "message", text: `message ${seq}` },
    author: { kind: "customer", name: null, userId: null },
    audience: "everybody",
    delivery: "none",
    clientId: null,
    at: 1000 + seq,
    ...part,
  };
}
