import type { TranscriptEntry, TranscriptHead } from "@grata/contract/transcripts";
import { and, asc, eq, gt } from "drizzle-orm";
import { type Entry, saidIn } from "../../domains/conversations/entry.ts";
import { presentSource } from "../../domains/conversations/present.ts";
import { shown } from "../../domains/conversations/read-entries.ts";
import { identityIn, nameFor } from "../../domains/conversations/seen-as.ts";
import { referenceOf, shownName, survivors, toSurvivor } from "../../domains/customers/shown.ts";
import { users } from "../../foundation/schema/accounts.ts";
import { channels } from "../../foundation/schema/channels.ts";
import type { Conversation } from "../../foundation/schema/conversations.ts";
import { entries } from "../../foundation/schema/conversations.ts";
import { customers } from "../../foundation/schema/customers.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { zonedClock } from "./zoned.ts";

/** A conversation may have a hundred thousand entries: this many are in memory. */
const pageLength = 200;

export type Transcript = {
  head: TranscriptHead;
  /** Read while whoever asks for them takes them, a page in each transaction. Nobody holds one open meanwhile. */
  pages(): AsyncGenerator<TranscriptEntry[]>;
};

/** The transcript of a conversation, for a transaction that has asked whether it may. */
export async function readTranscript(
  storage: Storage,
  transaction: Transaction,
  conversation: Conversation,
  timeZone: string,
): Promise<Transcript> {
  const clock = zonedClock(timeZone);
  const moment = (at: Date) => ({ at: at.getTime(), time: clock(at) });
  const { channel, customer, survivor, servedBy } = await readAround(transaction, conversation);
  const name = shownName(customer, survivor);
  const { id, organisationId, status, openedAt, closedAt, userAgent } = conversation;
  return {
    head: {
      id,
      status,
      channel: { kind: channel.kind, name: channel.name },
      customer: { id: customer.id, reference: referenceOf((survivor ?? customer).id), name },
      opened: moment(openedAt),
      closed: closedAt === null ? null : moment(closedAt),
      servedBy,
      source: presentSource(conversation),
      userAgent,
      timeZone,
    },
    async *pages() {
      for (let after = 0; ; ) {
        const page = await storage.inOrganisation(organisationId, (another) =>
          readPage(another, conversation, after),
        );
        const last = page.at(-1);
        if (!last) return;
        yield page.map(({ entry, userName }) => present(entry, { userName, customerName: name, moment }));
        after = last.entry.seq;
      }
    },
  };
}

async function readAround(transaction: Transaction, conversation: Conversation) {
  const { organisationId, channelId, customerId, claimedBy } = conversation;
  const [found] = await transaction
    .select({ channel: channels, customer: customers, survivor: survivors })
    .from(customers)
    .innerJoin(channels, and(eq(channels.organisationId, organisationId), eq(channels.id, channelId)))
    .leftJoin(survivors, toSurvivor)
    .where(and(eq(customers.organisationId, organisationId), eq(customers.id, customerId)));
  if (!found) throw new Error("A conversation has no customer.");
  const [server] =
    claimedBy === null
      ? []
      : await transaction
          .select({ name: users.name })
          .from(users)
          .where(and(eq(users.organisationId, organisationId), eq(users.id, claimedBy)));
  return { ...found, servedBy: server?.name ?? null };
}

async function readPage(
  transaction: Transaction,
  conversation: Conversation,
  after: number,
): Promise<{ entry: Entry; userName: string | null }[]> {
  const { organisationId, id } = conversation;
  const rows = await transaction
    .select({ row: entries, userName: users.name })
    .from(entries)
    .leftJoin(users, and(eq(users.organisationId, entries.organisationId), eq(users.id, entries.userId)))
    .where(
      and(eq(entries.organisationId, organisationId), eq(entries.conversationId, id), gt(entries.seq, after)),
    )
    .orderBy(asc(entries.seq))
    .limit(pageLength);
  return rows.map(({ row, userName }) => ({ entry: shown(row, conversation), userName }));
}

function present(
  entry: Entry,
  {
    userName,
    customerName,
    moment,
  }: {
    userName: string | null;
    customerName: string | null;
    moment: (at: Date) => { at: number; time: string };
  },
): TranscriptEntry {
  const { seq, author, audience, occurrence } = entry;
  const said = saidIn(occurrence);
  const name = author.kind === "customer" ? (customerName ?? author.name) : (userName ?? author.name);
  const seen = nameFor(identityIn(occurrence)?.names ?? [])?.name ?? author.name;
  return {
    seq,
    ...moment(entry.at),
    author: {
      kind: author.kind,
      name,
      shownAs: seen === name ? null : seen,
      userId: author.userId,
    },
    audience,
    kind: occurrence.kind,
    to: occurrence.kind === "transferred" && "name" in occurrence.to ? occurrence.to.name : null,
    text: said?.text ?? null,
    file: said?.file
      ? {
          id: said.file.id,
          kind: said.file.kind,
          name: said.file.name,
          mediaType: said.file.mediaType,
          bytes: said.file.bytes,
        }
      : null,
  };
}
