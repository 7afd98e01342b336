import type { Language } from "@grata/contract/languages";
import type { MailKind, MailState } from "@grata/contract/mails";
import { sql } from "drizzle-orm";
import {
  foreignKey,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment, organisationId } from "../storage/columns.ts";
import { links } from "./accounts.ts";
import { conversations } from "./conversations.ts";
import { toOrganisation } from "./organisations.ts";

/** What a mail says besides its fixed words. */
export type MailParameters = { name: string; organisation: string; inviter?: string; passkey?: string };

/**
 * The outbox. A row is written in the transaction of what it tells of, and becomes a message when it goes out; its
 * Message-ID is made of its id, so that a mail that had to be sent twice is one mail to those who read them.
 */
export const mails = pgTable(
  "mails",
  {
    organisationId: organisationId(),
    id: uuid("id").notNull(),
    kind: text("kind").$type<MailKind>().notNull(),
    recipient: text("recipient").notNull(),
    language: text("language").$type<Language>().notNull(),
    parameters: json("parameters").$type<MailParameters>().notNull(),
    /** What its link opens; a mail whose link is used or revoked meanwhile is not sent any more. */
    linkId: uuid("link_id"),
    /** An answer: the chat whose messages it carries, from the first of these numbers on. */
    conversationId: uuid("conversation_id"),
    firstSeq: integer("first_seq"),
    /** To this one. Null while it gathers; written before it is first handed over, so that it never says more then. */
    lastSeq: integer("last_seq"),
    state: text("state").$type<MailState>().notNull().default("waiting"),
    attempts: integer("attempts").notNull().default(0),
    lastError: text("last_error"),
    createdAt: moment("created_at").notNull().defaultNow(),
    dueAt: moment("due_at").notNull().defaultNow(),
    leasedUntil: moment("leased_until"),
    leasedBy: uuid("leased_by"),
    sentAt: moment("sent_at"),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    index("mails_due").on(table.dueAt).where(sql`state = 'waiting'`),
    toOrganisation(table.organisationId),
    foreignKey({
      columns: [table.organisationId, table.linkId],
      foreignColumns: [links.organisationId, links.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.conversationId],
      foreignColumns: [conversations.organisationId, conversations.id],
    }).onDelete("cascade"),
    uniqueIndex("mails_gathering")
      .on(table.organisationId, table.conversationId)
      .where(sql`kind = 'answer' AND state = 'waiting' AND last_seq IS NULL`),
    index("mails_conversation")
      .on(table.organisationId, table.conversationId)
      .where(sql`conversation_id IS NOT NULL`),
    index("mails_answered").on(table.organisationId, table.recipient).where(sql`kind = 'answer'`),
  ],
);
