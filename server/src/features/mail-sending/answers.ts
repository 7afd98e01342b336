import { and, asc, eq, gte, inArray, isNull, lte, ne, or, sql } from "drizzle-orm";
import { mayEmbed } from "../../channels/webchat/embedding.ts";
import { conversations, entries, readMarks } from "../../foundation/schema/conversations.ts";
import { mails } from "../../foundation/schema/mails.ts";
import { webchatSettings } from "../../foundation/schema/webchat.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";

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
  entrance: string,
): Promise<Map<string, Answer>> {
  if (mailIds.length === 0) return new Map();
  const rows = await transaction
    .select({
      mailId: mails.id,
      pageUrl: conversations.pageUrl,
      allowedOrigins: webchatSettings.allowedOrigins,
      seq: entries.seq,
      author: entries.authorName,
      // What it carries is fetched in the chat: a mail only names it.
      text: sql<string>`concat_ws(E'\\n', NULLIF(${entries.occurrence} ->> 'text', ''),
        '📎 ' || (${entries.occurrence} -> 'file' ->> 'name'))`,
    })
    .from(mails)
    .innerJoin(
      conversations,
      and(eq(conversations.organisationId, mails.organisationId), eq(conversations.id, mails.conversationId)),
    )
    .leftJoin(
      webchatSettings,
      and(
        eq(webchatSettings.organisationId, conversations.organisationId),
        eq(webchatSettings.channelId, conversations.channelId),
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
  for (const { mailId, pageUrl, allowedOrigins, seq, author, text } of rows) {
    const answer = answers.get(mailId) ?? {
      messages: [],
      page: safePage(pageUrl, allowedOrigins ?? [], entrance),
    };
    if (seq !== null) answer.messages.push({ seq, author: author ?? "", text });
    answers.set(mailId, answer);
  }
  return answers;
}

/**
 * The visitor's browser said where it was, and whose address they left we do not know: a site that may not carry the
 * window gets no link in our name.
 */
function safePage(address: string | null, allowedOrigins: string[], entrance: string): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const { protocol, origin, href } = new URL(address);
  if (protocol !== "https:" && protocol !== "http:") return null;
  return mayEmbed(allowedOrigins, origin, (one) => one === new URL(entrance).origin) ? href : null;
}
