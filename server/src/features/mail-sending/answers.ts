import type { ShownAs } from "@grata/contract/shown-as";
import { and, asc, eq, gte, inArray, isNull, lte, ne, or, sql } from "drizzle-orm";
import type { ChannelRegistry } from "../../channels/port.ts";
import { nameFor } from "../../domains/conversations/seen-as.ts";
import { channels } from "../../foundation/schema/channels.ts";
import { conversations, entries, readMarks } from "../../foundation/schema/conversations.ts";
import { mails } from "../../foundation/schema/mails.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";

/** Where mails lead: to an address of ours, and to pages that channels answer for. */
export type Ways = { entrance: string; channels: ChannelRegistry };

/** What a mail carries of a chat: what users said, under the names that were shown, and where to go on. */
export type Answer = {
  messages: { seq: number; author: string; text: string }[];
  /** The page that the customer wrote from; null when it is not safe to send anybody there. */
  page: string | null;
};

/**
 * Reads what these mails carry, by mail. One that waits carries what the customer has not read in the window yet; what
 * was sent once is shown as it was.
 */
export async function readAnswers(
  transaction: Transaction,
  organisationId: string,
  mailIds: string[],
  ways: Ways,
): Promise<Map<string, Answer>> {
  if (mailIds.length === 0) return new Map();
  const rows = await transaction
    .select({
      mailId: mails.id,
      pageUrl: conversations.pageUrl,
      channel: { id: channels.id, kind: channels.kind },
      seq: entries.seq,
      author: entries.authorName,
      as: sql<ShownAs | null>`${entries.occurrence} -> 'as'`,
      language: mails.language,
      // What it carries is fetched in the chat: a mail only names it.
      text: sql<string>`concat_ws(E'\\n', NULLIF(${entries.occurrence} ->> 'text', ''),
        '📎 ' || (${entries.occurrence} -> 'file' ->> 'name'))`,
    })
    .from(mails)
    .innerJoin(
      conversations,
      and(eq(conversations.organisationId, mails.organisationId), eq(conversations.id, mails.conversationId)),
    )
    .innerJoin(
      channels,
      and(
        eq(channels.organisationId, conversations.organisationId),
        eq(channels.id, conversations.channelId),
      ),
    )
    .leftJoin(
      readMarks,
      and(
        eq(readMarks.organisationId, conversations.organisationId),
        eq(readMarks.conversationId, conversations.id),
        eq(readMarks.readerId, conversations.customerId),
      ),
    )
    .leftJoin(
      entries,
      and(
        eq(entries.organisationId, mails.organisationId),
        eq(entries.conversationId, mails.conversationId),
        gte(entries.seq, mails.firstSeq),
        or(isNull(mails.lastSeq), lte(entries.seq, mails.lastSeq)),
        or(ne(mails.state, "waiting"), sql`${entries.seq} > COALESCE(${readMarks.seq}, 0)`),
        eq(entries.authorKind, "user"),
        eq(entries.audience, "everybody"),
        sql`${entries.occurrence} ->> 'kind' = 'message'`,
      ),
    )
    .where(and(eq(mails.organisationId, organisationId), inArray(mails.id, mailIds)))
    .orderBy(asc(mails.id), asc(entries.seq));
  const answers = new Map<string, Answer>();
  for (const { mailId, pageUrl, channel, seq, author, as, language, text } of rows) {
    const answer = answers.get(mailId) ?? {
      messages: [],
      page: await safePage(
        transaction,
        { organisationId, channelId: channel.id },
        channel.kind,
        pageUrl,
        ways,
      ),
    };
    answers.set(mailId, answer);
    if (seq === null) continue;
    const seen = nameFor(as?.names ?? [], language)?.name;
    answer.messages.push({ seq, author: seen ?? author ?? "", text });
  }
  return answers;
}

/**
 * The customer's side said where it was, and whose address they left we do not know: only a page of ours, or one that the
 * channel answers for, gets a link in our name.
 */
async function safePage(
  transaction: Transaction,
  place: { organisationId: string; channelId: string },
  kind: string,
  address: string | null,
  { entrance, channels: registry }: Ways,
): Promise<string | null> {
  if (address === null || !URL.canParse(address)) return null;
  const page = new URL(address);
  if (page.protocol !== "https:" && page.protocol !== "http:") return null;
  if (page.origin === new URL(entrance).origin) return page.href;
  return (await registry.find(kind)?.mayLeadTo?.(transaction, place, page)) ? page.href : null;
}
