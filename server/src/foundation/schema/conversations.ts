import type { ConversationStatus } from "@grata/contract/conversations";
import type { AuthorKind, Delivery, Occurrence } from "@grata/contract/entries";
import type { FileMention } from "@grata/contract/files";
import { sql } from "drizzle-orm";
import {
  boolean,
  check,
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
import { users } from "./accounts.ts";
import { channels } from "./channels.ts";
import { customers } from "./customers.ts";
import { toOrganisation } from "./organisations.ts";

/** The head of each log, and what lists show of it, so that a list never reads entries. */
export const conversations = pgTable(
  "conversations",
  {
    organisationId: organisationId(),
    id: uuid("id").notNull(),
    channelId: uuid("channel_id").notNull(),
    customerId: uuid("customer_id").notNull(),
    status: text("status").$type<ConversationStatus>().notNull(),
    claimedBy: uuid("claimed_by"),
    /** The queue that the chat stands in: see `foundation/access/queue.ts`. A trigger fills it in for older nodes. */
    queueId: uuid("queue_id").notNull(),
    /** The queue is one user's test of their console: in no figures. */
    isTest: boolean("is_test").notNull().default(false),
    /** Written for nodes of the release before only. */
    testerId: uuid("tester_id"),
    /** The number of the newest entry. Only the holder of this row's lock moves it. */
    head: integer("head").notNull(),
    /** Counts the changes of delivery states in its log. It moves under the row's lock too, and the head stays. */
    deliveryVersion: integer("delivery_version").notNull().default(0),
    /** The client id of the message that opened it: opening twice opens once. */
    openedWith: uuid("opened_with").notNull(),
    /** Where it began, as the customer's browser said it. */
    pageUrl: text("page_url"),
    pageTitle: text("page_title"),
    referrer: text("referrer"),
    /** What the customer's browser said of itself then. */
    userAgent: text("user_agent"),
    /** Nobody was there when the customer wrote, and we have an address: what they do not read goes there. */
    answersByMail: boolean("answers_by_mail").notNull().default(false),
    firstText: text("first_text").notNull(),
    lastText: text("last_text").notNull(),
    /** What the first and the last message carry; shown where they have no words. */
    firstFile: json("first_file").$type<FileMention>(),
    lastFile: json("last_file").$type<FileMention>(),
    lastAuthor: text("last_author").$type<AuthorKind>().notNull(),
    lastAt: moment("last_at").notNull(),
    unansweredSince: moment("unanswered_since"),
    openedAt: moment("opened_at").notNull(),
    waitingSince: moment("waiting_since").notNull(),
    claimedAt: moment("claimed_at"),
    closedAt: moment("closed_at"),
    /** From then on nobody is shown what was said in it. Only a closed one is erased. */
    erasedAt: moment("erased_at"),
    /** The first entry whose content may still be in the database after that; null: none is. */
    erasingFrom: integer("erasing_from"),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.channelId],
      foreignColumns: [channels.organisationId, channels.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.customerId],
      foreignColumns: [customers.organisationId, customers.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.claimedBy],
      foreignColumns: [users.organisationId, users.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.testerId],
      foreignColumns: [users.organisationId, users.id],
    }),
    check("conversations_tester", sql`is_test = (tester_id IS NOT NULL)`),
    index("conversations_tests")
      .on(table.organisationId, table.testerId)
      .where(sql`tester_id IS NOT NULL AND status <> 'closed'`),
    uniqueIndex("conversations_open")
      .on(table.organisationId, table.customerId)
      .where(sql`status <> 'closed'`),
    uniqueIndex("conversations_opened_with").on(table.organisationId, table.customerId, table.openedWith),
    index("conversations_queue")
      .on(table.organisationId, table.queueId, table.waitingSince, table.id)
      .where(sql`status = 'waiting'`),
    index("conversations_claimed").on(table.organisationId, table.claimedBy).where(sql`status = 'claimed'`),
    index("conversations_closed").on(table.organisationId, table.closedAt).where(sql`status = 'closed'`),
    index("conversations_kept")
      .on(table.organisationId, table.closedAt)
      .where(sql`status = 'closed' AND erased_at IS NULL`),
    index("conversations_erasing").on(table.organisationId, table.id).where(sql`erasing_from IS NOT NULL`),
  ],
);

/** The log. Rows are never changed but for their delivery state, and where what was said is erased. */
export const entries = pgTable(
  "entries",
  {
    organisationId: organisationId(),
    conversationId: uuid("conversation_id").notNull(),
    seq: integer("seq").notNull(),
    authorKind: text("author_kind").$type<AuthorKind>().notNull(),
    userId: uuid("user_id"),
    /** Name at the time. The identity that a customer saw stands in the occurrence. */
    authorName: text("author_name"),
    audience: text("audience").$type<"everybody" | "team">().notNull(),
    occurrence: json("occurrence").$type<Occurrence>().notNull(),
    delivery: text("delivery").$type<Delivery>().notNull(),
    /** The conversation's `delivery_version` when that changed last; null: it is as it was stored. */
    deliveryVersion: integer("delivery_version"),
    /** Why it failed or is not confirmed: one of the contract's reasons, or the channel's own words. */
    deliveryReason: text("delivery_reason"),
    clientId: uuid("client_id"),
    at: moment("at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.conversationId, table.seq] }),
    uniqueIndex("entries_client").on(table.organisationId, table.conversationId, table.clientId),
    foreignKey({
      columns: [table.organisationId, table.conversationId],
      foreignColumns: [conversations.organisationId, conversations.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.userId],
      foreignColumns: [users.organisationId, users.id],
    }),
  ],
);

/** How far each reader (a user or the customer) has seen a conversation. */
export const readMarks = pgTable(
  "read_marks",
  {
    organisationId: organisationId(),
    conversationId: uuid("conversation_id").notNull(),
    readerId: uuid("reader_id").notNull(),
    seq: integer("seq").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.conversationId, table.readerId] }),
    foreignKey({
      columns: [table.organisationId, table.conversationId],
      foreignColumns: [conversations.organisationId, conversations.id],
    }),
  ],
);

/** A number for each list that a client keeps: `waiting`, and `current:<user>`. It grows by one with each change. */
export const listVersions = pgTable(
  "list_versions",
  {
    organisationId: organisationId(),
    list: text("list").notNull(),
    version: integer("version").notNull(),
    size: integer("size").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.list] }),
    toOrganisation(table.organisationId),
  ],
);

export type Conversation = typeof conversations.$inferSelect;
