import { v7 as newId } from "uuid";
import type { Transaction } from "../storage/storage.ts";
import { mails } from "./tables.ts";

type NewMail = Pick<
  typeof mails.$inferInsert,
  "organisationId" | "kind" | "recipient" | "language" | "parameters" | "linkId"
>;

/** Puts a mail into the outbox, in the transaction of what it tells of. A worker of whichever node sends it. */
export async function queueMail(transaction: Transaction, mail: NewMail): Promise<void> {
  await transaction.insert(mails).values({ ...mail, id: newId() });
}
