import type { MailKind } from "@grata/contract/mails";
import { sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { mails } from "../../foundation/schema/mails.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";

type NewMail = Pick<
  typeof mails.$inferInsert,
  "organisationId" | "kind" | "recipient" | "language" | "parameters" | "linkId"
>;

/** Nobody sits and waits for these, and they may be many at once: they go out after what somebody waits for. */
const patient: readonly MailKind[] = ["invitation", "answer"];
const headStartSeconds = 3_600;

/** Puts a mail into the outbox, in the transaction of what it tells of. A worker of whichever node sends it. */
export function queueMail(transaction: Transaction, mail: NewMail): Promise<void> {
  return queueMails(transaction, [mail]);
}

/** The same for several at once. */
export async function queueMails(transaction: Transaction, several: readonly NewMail[]): Promise<void> {
  // The worker takes what has been due longest: who cannot sign in is not kept waiting by two thousand invitations.
  const urgent = sql`now() - make_interval(secs => ${headStartSeconds})`;
  await transaction.insert(mails).values(
    several.map((mail) => ({
      ...mail,
      id: newId(),
      ...(!patient.includes(mail.kind) && { dueAt: urgent }),
    })),
  );
}
