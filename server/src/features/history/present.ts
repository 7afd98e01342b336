/** What leaves of history, field by field. */
import type { HistoryConversation, Hit } from "@grata/contract/history";
import { saidIn } from "../../domains/conversations/entry.ts";
import { presentSource } from "../../domains/conversations/present.ts";
import { identityIn, nameFor } from "../../domains/conversations/seen-as.ts";
import { referenceOf, shownName } from "../../domains/customers/shown.ts";
import type { channels } from "../../foundation/schema/channels.ts";
import type { conversations, entries } from "../../foundation/schema/conversations.ts";
import type { customers } from "../../foundation/schema/customers.ts";
import { excerptOf } from "./excerpt.ts";
import type { Folded, Wanted } from "./terms.ts";

type Customer = Pick<typeof customers.$inferSelect, "id" | "name" | "teamName">;
type Conversation = typeof conversations.$inferSelect;
type Entry = typeof entries.$inferSelect;
type Joined<Shown extends keyof Conversation> = {
  conversation: Pick<Conversation, Shown>;
  customer: Customer;
  survivor: Customer | null;
  channel: Pick<typeof channels.$inferSelect, "kind" | "name">;
};

export function presentHit(
  row: Joined<"id" | "status"> & {
    entry: Pick<Entry, "seq" | "at" | "authorKind" | "authorName" | "occurrence">;
    writer: { id: string; name: string } | null;
  },
  wanted: Wanted,
  { text, folded }: { text: string; folded: Folded },
): Hit {
  const { conversation, entry, writer, channel } = row;
  const as = nameFor(identityIn(entry.occurrence)?.names ?? []);
  return {
    conversationId: conversation.id,
    seq: entry.seq,
    at: entry.at.getTime(),
    author: {
      kind: entry.authorKind,
      name: entry.authorName,
      ...(as && { as: as.name }),
      user: writer,
    },
    excerpt: excerptOf(text, folded, wanted),
    fileName: saidIn(entry.occurrence)?.file?.name ?? null,
    customer: presentCustomer(row),
    channel: { kind: channel.kind, name: channel.name },
    status: conversation.status,
  };
}

export function presentConversation(
  row: Joined<keyof Conversation> & { servedBy: string | null },
): HistoryConversation {
  const { conversation, channel, servedBy } = row;
  return {
    id: conversation.id,
    customerId: conversation.customerId,
    customer: presentCustomer(row),
    status: conversation.status,
    channel: { kind: channel.kind, name: channel.name },
    openedAt: conversation.openedAt.getTime(),
    closedAt: conversation.closedAt?.getTime() ?? null,
    servedBy,
    firstText: conversation.firstText,
    lastText: conversation.lastText,
    source: presentSource(conversation),
    userAgent: conversation.userAgent,
    erased: conversation.erasedAt !== null,
  };
}

/** The person that the team knows: by the id of whom a customer was merged into. */
function presentCustomer({ customer, survivor }: Joined<never>) {
  return {
    id: survivor?.id ?? customer.id,
    reference: referenceOf((survivor ?? customer).id),
    name: shownName(customer, survivor),
  };
}
