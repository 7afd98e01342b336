import { v7 as newId } from "uuid";
import type { Transaction } from "../storage/storage.ts";
import { mails } from "./tables.ts";

type NewMail = Pick<
  typeof mails.$inferInsert,
  "organisationId" | "kind" | "recipient" | "language" | "parameters" | "linkId"
>;

/** Puts a mail into the outbox, in the transaction of what it tells of. A worker of whichever node sends it. */
export function queueMail(transaction: Transaction, mail: NewMail): Promise<void> {
  return queueMails(transaction, [mail]);
}

/** The same for several at once. */
export async function queueMails(transaction: Transaction, several: readonly NewMail[]): Promise<void> {
  await transaction.insert(mails).values(several.map((mail) => ({ ...mail, id: newId() })));
}
