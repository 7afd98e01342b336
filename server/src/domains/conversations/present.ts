import type { AbsentChat } from "@grata/contract/absent-chats";
import type { ChannelCapabilities } from "@grata/contract/channels";
/** What leaves, field by field, for each audience. Nothing that is not written here goes out. */
import type {
  CurrentConversation,
  CustomerConversation,
  WaitingConversation,
} from "@grata/contract/conversations";
import type { CustomerEntry, DeliveryState, Occurrence, TeamEntry } from "@grata/contract/entries";
import type { FileMention } from "@grata/contract/files";
import type { Source } from "@grata/contract/source";
import type { channels } from "../../foundation/schema/channels.ts";
import type { conversations } from "../../foundation/schema/conversations.ts";
import type { customers } from "../../foundation/schema/customers.ts";
import { referenceOf, shownEmail, shownName } from "../customers/shown.ts";
import type { DeliveryChange } from "./changes.ts";
import type { Entry } from "./entry.ts";
import { identityIn, nameFor } from "./seen-as.ts";

type Conversation = typeof conversations.$inferSelect;
type Joined = {
  conversation: Conversation;
  customer: typeof customers.$inferSelect;
  /** The organisation vouches for who the customer is. */
  identified: boolean;
  /** Whom the customer was merged into, if anybody. */
  survivor: typeof customers.$inferSelect | null;
  channel: typeof channels.$inferSelect;
};

/** A line before its channel says what its kind can do: only the registry of the node knows that. */
type Line<Shown extends { channel: object }> = Omit<Shown, "channel"> & {
  channel: Omit<Shown["channel"], "capabilities">;
};
export type WaitingLine = Line<WaitingConversation>;
export type CurrentLine = Line<CurrentConversation>;

/** Completes a line on its way out. */
export function withCapabilities<Shown extends WaitingLine | CurrentLine>(
  line: Shown,
  capabilitiesOf: (kind: string) => ChannelCapabilities,
): Shown & { channel: { capabilities: ChannelCapabilities } } {
  return { ...line, channel: { ...line.channel, capabilities: capabilitiesOf(line.channel.kind) } };
}

export function presentTeamEntry(entry: Entry): TeamEntry {
  return {
    seq: entry.seq,
    occurrence: entry.occurrence,
    author: { kind: entry.author.kind, name: entry.author.name, userId: entry.author.userId },
    audience: entry.audience,
    delivery: entry.delivery,
    ...(entry.deliveryVersion !== undefined && presentFate(entry.deliveryVersion, entry.deliveryReason)),
    clientId: entry.clientId,
    at: entry.at.getTime(),
  };
}

/** For the team: customers are told nothing of how their messages reach them. */
export function presentDelivery(state: DeliveryChange): DeliveryState {
  const { seq, delivery, deliveryVersion, deliveryReason } = state;
  return { seq, delivery, ...presentFate(deliveryVersion, deliveryReason) };
}

const presentFate = (deliveryVersion: number, reason: string | null | undefined) => ({
  deliveryVersion,
  ...(reason != null && { deliveryReason: reason }),
});

export function presentCustomerEntry(entry: Entry): CustomerEntry {
  const at = entry.at.getTime();
  const { occurrence } = entry;
  if (occurrence.kind === "transferred" && occurrence.to.kind === "user") {
    // To the customer, a colleague joined.
    const { to, as } = occurrence;
    const claimed = { kind: "claimed", ...(as && { as }) } as const;
    const author = { kind: "user", userId: null, name: to.name } as const;
    return presentCustomerEntry({ ...entry, occurrence: claimed, author, audience: "everybody" });
  }
  const queued = occurrence.kind === "released" || occurrence.kind === "transferred";
  if (entry.audience === "team" || queued || occurrence.kind === "moved" || occurrence.kind === "note") {
    return {
      seq: entry.seq,
      occurrence: { kind: "hidden", ...(queued && { queued }) },
      author: { kind: "system", name: null },
      clientId: null,
      at,
    };
  }
  return {
    seq: entry.seq,
    occurrence: presentOccurrence(occurrence),
    author: presentAuthor(entry),
    clientId: entry.clientId,
    at,
  };
}

function presentOccurrence(
  occurrence: Exclude<Occurrence, { kind: "released" | "transferred" | "moved" | "note" }>,
): CustomerEntry["occurrence"] {
  if (occurrence.kind !== "message") return { kind: occurrence.kind };
  const { kind, text, file, quote } = occurrence;
  return { kind, text, ...(file && { file }), ...(quote && { quote }) };
}

/**
 * Customers learn what users are called from what they say and from their claims alone, and of somebody with an identity
 * nothing but that: neither who closes a chat nor who said what was erased since.
 */
function presentAuthor({ author: { kind, name }, occurrence }: Entry): CustomerEntry["author"] {
  const as = identityIn(occurrence);
  if (as) {
    const { names, avatar } = as;
    return {
      kind,
      name: nameFor(names)?.name ?? null,
      names,
      ...(avatar !== null && { avatar: avatarAddress(avatar) }),
    };
  }
  const isNamed = kind !== "user" || occurrence.kind === "message" || occurrence.kind === "claimed";
  return { kind, name: isNamed ? name : null };
}

/** The public address of the picture with this hash. */
const avatarAddress = (hash: string) => `/api/avatars/${hash}`;

export function presentWaiting(joined: Joined): WaitingLine {
  const { conversation, channel } = joined;
  return {
    id: conversation.id,
    customer: presentCustomer(joined),
    channel: { id: channel.id, kind: channel.kind, name: channel.name },
    waitingSince: conversation.waitingSince.getTime(),
    first: {
      ...presentWords(conversation.firstText, conversation.firstFile),
      author: "customer",
      at: conversation.openedAt.getTime(),
    },
    last: presentLast(conversation),
    source: presentSource(conversation),
  };
}

export function presentCurrent(joined: Joined & { read: number; unread: number }): CurrentLine {
  const { conversation, channel, read, unread } = joined;
  return {
    id: conversation.id,
    customer: presentCustomer(joined),
    channel: { id: channel.id, kind: channel.kind, name: channel.name },
    status: conversation.status,
    claimedAt: conversation.claimedAt?.getTime() ?? null,
    head: conversation.head,
    ...(conversation.deliveryVersion > 0 && { deliveries: conversation.deliveryVersion }),
    read,
    unread,
    last: presentLast(conversation),
    answersByMail: conversation.answersByMail,
    unansweredSince: conversation.unansweredSince?.getTime() ?? null,
    source: presentSource(conversation),
    ...(conversation.isTest && { test: true }),
  };
}

/** For an admin: a chat whose agent is gone. */
export function presentAbsentChat({
  agent,
  goneSince,
  ...joined
}: Joined & { agent: { id: string; name: string }; goneSince: Date | null }): AbsentChat {
  const { conversation, channel } = joined;
  return {
    id: conversation.id,
    agent: { id: agent.id, name: agent.name, goneSince: goneSince?.getTime() ?? 0 },
    customer: presentCustomer(joined),
    channel: { id: channel.id, kind: channel.kind, name: channel.name },
    claimedAt: conversation.claimedAt?.getTime() ?? null,
    last: presentLast(conversation),
    unansweredSince: conversation.unansweredSince?.getTime() ?? null,
  };
}

export function presentCustomerConversation(
  conversation: Pick<Conversation, "id" | "status" | "head">,
  read: number,
): CustomerConversation {
  return { id: conversation.id, status: conversation.status, head: conversation.head, read };
}

function presentCustomer({
  customer,
  survivor,
  identified,
}: Pick<Joined, "customer" | "survivor" | "identified">): WaitingConversation["customer"] {
  return {
    id: customer.id,
    name: shownName(customer, survivor),
    reference: referenceOf((survivor ?? customer).id),
    email: shownEmail(customer),
    identified,
  };
}

export function presentSource({
  pageUrl,
  pageTitle,
  referrer,
}: Pick<Conversation, "pageUrl" | "pageTitle" | "referrer">): Source {
  return { page: pageUrl === null ? null : { url: pageUrl, title: pageTitle ?? "" }, referrer };
}

export function presentLast(
  conversation: Pick<Conversation, "lastText" | "lastFile" | "lastAuthor" | "lastAt">,
): WaitingConversation["last"] {
  return {
    ...presentWords(conversation.lastText, conversation.lastFile),
    author: conversation.lastAuthor,
    at: conversation.lastAt.getTime(),
  };
}

/** What is carried stands in for words only: beside them a node of the release before may have left it behind. */
function presentWords(text: string, file: FileMention | null): { text: string; file?: FileMention } {
  return text === "" && file !== null ? { text, file: { kind: file.kind, name: file.name } } : { text };
}
