import { and, eq, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { lockLink, mintToken } from "../../domains/accounts/links.ts";
import { linkAddress } from "../../domains/mails/link-address.ts";
import { released, secondsFromNow } from "../../foundation/jobs/leased.ts";
import { mails } from "../../foundation/schema/mails.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { answerHeldUntil } from "./answer-limit.ts";
import { type Answer, readAnswers, type Ways } from "./answers.ts";
import { type Composed, composeMail } from "./compose.ts";

/** A mail that this worker has leased. */
export type Leased = { organisationId: string; id: string; workerId: string };

/** Leases the mail that has been due longest; null when none is. */
export async function leaseMail(storage: Storage, workerId: string, seconds: number): Promise<Leased | null> {
  const [row] = await storage.system<{ organisation_id: string; id: string }>("system_lease_mail", [
    workerId,
    seconds,
  ]);
  return row ? { organisationId: row.organisation_id, id: row.id, workerId } : null;
}

const held = ({ organisationId, id, workerId }: Leased) =>
  and(
    eq(mails.organisationId, organisationId),
    eq(mails.id, id),
    eq(mails.leasedBy, workerId),
    eq(mails.state, "waiting"),
  );

export type Begun = Composed & {
  recipient: string;
  attempts: number;
  createdAt: Date;
  /** Whose name the mail comes under; null: that of MAIL_FROM. */
  sender: string | null;
  /** What mails of one chat have in common. */
  thread: string | null;
};

/**
 * Counts the attempt and writes the message, with a fresh secret for its link, all committed before the mail server is
 * called. Null: there is nothing to send (any more, or yet), or another worker has it.
 */
export function beginMail(storage: Storage, leased: Leased, ways: Ways): Promise<Begun | null> {
  const { entrance } = ways;
  return storage.inOrganisation(leased.organisationId, async (transaction) => {
    const [waiting] = await transaction.select({ linkId: mails.linkId }).from(mails).where(held(leased));
    // The link before its mail, as those do who revoke it.
    if (waiting?.linkId) await lockLink(transaction, leased.organisationId, waiting.linkId);
    const [mail] = await transaction
      .update(mails)
      .set({ attempts: sql`${mails.attempts} + 1` })
      .where(held(leased))
      .returning();
    if (!mail) return null;
    const { recipient, attempts, createdAt } = mail;
    const begun = { recipient, attempts, createdAt, sender: null, thread: null };
    if (mail.kind === "answer") {
      const answer = await beginAnswer(transaction, leased, mail, ways);
      if (!answer) return null;
      const sender = mail.parameters.organisation;
      const composed = composeMail(mail, entrance, answer.page, answer.messages);
      return { ...begun, ...composed, sender, thread: mail.conversationId };
    }
    const minted = mail.linkId && (await mintToken(transaction, leased.organisationId, mail.linkId));
    if (minted === null && mail.linkId !== null) {
      await transaction.delete(mails).where(held(leased));
      return null;
    }
    const link = linkAddress(mail.kind, entrance, minted ? minted.secret : "");
    return { ...begun, ...composeMail(mail, entrance, link) };
  });
}

/**
 * Fixes what an answer carries before it is first handed over: what is said from now on goes into another mail. Null:
 * the customer has read it all, or has had enough mail for now.
 */
async function beginAnswer(
  transaction: Transaction,
  leased: Leased,
  mail: typeof mails.$inferSelect,
  ways: Ways,
): Promise<Answer | null> {
  const answer = (await readAnswers(transaction, leased.organisationId, [mail.id], ways)).get(mail.id);
  const [first, last] = [answer?.messages[0], answer?.messages.at(-1)];
  if (!answer || !first || !last) {
    await transaction.delete(mails).where(held(leased));
    return null;
  }
  const heldUntil = mail.lastSeq === null ? await answerHeldUntil(transaction, mail) : null;
  await transaction
    .update(mails)
    .set(
      heldUntil === null
        ? { firstSeq: first.seq, lastSeq: last.seq }
        : { dueAt: heldUntil, attempts: mail.attempts - 1, ...released },
    )
    .where(held(leased));
  return heldUntil === null ? answer : null;
}

/** The mail server has taken it. */
export function noteSent(storage: Storage, leased: Leased): Promise<void> {
  return note(storage, leased, { state: "sent", sentAt: sql`now()`, lastError: null });
}

/** The mail server does not want it, and would not tomorrow: an admin may still try again. */
export function noteFailed(storage: Storage, leased: Leased, reason: string): Promise<void> {
  return note(storage, leased, { state: "failed", lastError: reason });
}

/** Not now: it stays, and is tried again later. */
export function postponeMail(
  storage: Storage,
  leased: Leased,
  reason: string,
  seconds: number,
): Promise<void> {
  return note(storage, leased, { dueAt: secondsFromNow(seconds), lastError: reason });
}

type Noted = PgUpdateSetSource<typeof mails>;

async function note(storage: Storage, leased: Leased, values: Noted): Promise<void> {
  await storage.inOrganisation(leased.organisationId, (transaction) =>
    transaction
      .update(mails)
      .set({ ...values, ...released })
      .where(held(leased)),
  );
}
