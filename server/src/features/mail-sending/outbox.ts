import { type Mail, type MailsPage, type MailsQuery, mailsPageLength } from "@grata/contract/mails";
import { and, count, desc, eq, lt, sql } from "drizzle-orm";
import { noteAudit } from "../../domains/audit/note.ts";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { mails } from "../../foundation/schema/mails.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { type Answer, readAnswers, type Ways } from "./answers.ts";
import { composeMail } from "./compose.ts";

/** A page of the outbox, newest first. */
export function listMails(
  storage: Storage,
  asker: Asker,
  { state, cursor }: MailsQuery,
  ways: Ways,
): Promise<Omit<MailsPage, "sending">> {
  const { organisationId } = requireUser(asker, "mails.manage");
  return storage.inOrganisation(organisationId, async (transaction) => {
    const own = eq(mails.organisationId, organisationId);
    const rows = await transaction
      .select()
      .from(mails)
      .where(and(own, state ? eq(mails.state, state) : undefined, cursor ? lt(mails.id, cursor) : undefined))
      .orderBy(desc(mails.id))
      .limit(mailsPageLength + 1);
    const [waiting] = await transaction
      .select({ count: count() })
      .from(mails)
      .where(and(own, eq(mails.state, "waiting")));
    const page = rows.slice(0, mailsPageLength);
    const answers = await readAnswers(transaction, organisationId, idsOfAnswers(page), ways);
    const last = rows.length > mailsPageLength ? page.at(-1) : undefined;
    return {
      mails: page.map((row) => presentMail(row, ways.entrance, answers.get(row.id))),
      next: last?.id ?? null,
      waiting: waiting?.count ?? 0,
    };
  });
}

/** Tries a mail again now, that waits or that the mail server refused. */
export function retryMail(storage: Storage, asker: Asker, mailId: string, ways: Ways): Promise<Mail> {
  const admin = requireUser(asker, "mails.manage");
  const { organisationId } = admin;
  const wanted = and(eq(mails.organisationId, organisationId), eq(mails.id, mailId));
  return storage.inOrganisation(organisationId, async (transaction) => {
    const [found] = await transaction.select().from(mails).where(wanted).for("update");
    if (!found) throw new Refusal("mail_unknown");
    if (found.state === "sent") throw new Refusal("mail_sent");
    const [mail = found] = await transaction
      .update(mails)
      .set({
        state: "waiting",
        dueAt: sql`now()`,
        ...(found.state === "failed" && { createdAt: sql`now()` }),
      })
      .where(wanted)
      .returning();
    const target = { id: mail.id, name: mail.recipient };
    await noteAudit(transaction, organisationId, admin, "mail.retried", target);
    const answers = await readAnswers(transaction, organisationId, idsOfAnswers([mail]), ways);
    return presentMail(mail, ways.entrance, answers.get(mail.id));
  });
}

type Row = typeof mails.$inferSelect;

const idsOfAnswers = (rows: Row[]) => rows.filter(({ kind }) => kind === "answer").map(({ id }) => id);

/** What an admin sees of a mail. Its link is made when it goes out: dots stand in its place. */
function presentMail(row: Row, entrance: string, answer: Answer | undefined): Mail {
  const link = row.kind === "answer" ? (answer?.page ?? null) : "…";
  const { subject, text } = composeMail(row, entrance, link, answer?.messages);
  return {
    id: row.id,
    kind: row.kind,
    recipient: row.recipient,
    language: row.language,
    subject,
    text,
    state: row.state,
    attempts: row.attempts,
    lastError: row.lastError,
    createdAt: row.createdAt.getTime(),
    nextAttemptAt: row.state === "waiting" ? row.dueAt.getTime() : null,
    sentAt: row.sentAt?.getTime() ?? null,
  };
}
