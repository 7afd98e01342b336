import { and, count, eq, isNotNull, min, ne, or, sql } from "drizzle-orm";
import { mails } from "../../foundation/schema/mails.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";

/** Anybody can leave anybody's address: more than this nobody gets, of one chat or at one address. */
const answersAnHour = 6;

/** When the next answer may go out; null: now. Those who wait for it go on gathering in one mail. */
export async function answerHeldUntil(
  transaction: Transaction,
  mail: Pick<typeof mails.$inferSelect, "organisationId" | "id" | "conversationId" | "recipient">,
): Promise<Date | null> {
  const [row] = await transaction
    .select({
      count: count(),
      // One that is still being tried is not counted down yet: it is looked at again soon.
      until:
        sql<Date>`COALESCE(${min(mails.sentAt)} + interval '1 hour', now() + interval '10 minutes')`.mapWith(
          mails.sentAt,
        ),
    })
    .from(mails)
    .where(
      and(
        eq(mails.organisationId, mail.organisationId),
        eq(mails.kind, "answer"),
        ne(mails.id, mail.id),
        or(
          mail.conversationId === null ? undefined : eq(mails.conversationId, mail.conversationId),
          eq(mails.recipient, mail.recipient),
        ),
        isNotNull(mails.lastSeq),
        or(eq(mails.state, "waiting"), sql`${mails.sentAt} > now() - interval '1 hour'`),
      ),
    );
  return row && row.count >= answersAnHour ? row.until : null;
}
