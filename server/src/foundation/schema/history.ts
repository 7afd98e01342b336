import {
  type ExtraConfigColumn,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment, organisationId } from "../storage/columns.ts";
import { users } from "./accounts.ts";
import { conversations } from "./conversations.ts";
import { toOrganisation } from "./organisations.ts";

/**
 * What the index does not know yet. A trigger writes a row with each message, and with each entry of a user, in the
 * transaction that stores it; the indexer takes it away in the transaction that indexes it.
 */
export const unindexedEntries = pgTable(
  "unindexed_entries",
  {
    organisationId: organisationId(),
    at: moment("at").notNull(),
    conversationId: uuid("conversation_id").notNull(),
    seq: integer("seq").notNull(),
  },
  (table) => [
    // No foreign key: it would cost whoever writes a quarter of their speed.
    primaryKey({ columns: [table.organisationId, table.at, table.conversationId, table.seq] }),
  ],
);

/** The number that the next message of an organisation gets. Who holds its lock is the one that indexes. */
export const searchCounters = pgTable(
  "search_counters",
  { organisationId: organisationId(), next: integer("next").notNull().default(0) },
  (table) => [primaryKey({ columns: [table.organisationId] }), toOrganisation(table.organisationId)],
);

/** Each message by its number, which grows with time. */
export const searchedMessages = pgTable(
  "searched_messages",
  {
    organisationId: organisationId(),
    number: integer("number").notNull(),
    conversationId: uuid("conversation_id").notNull(),
    seq: integer("seq").notNull(),
    at: moment("at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.number] }),
    uniqueIndex("searched_messages_entry").on(table.organisationId, table.conversationId, table.seq),
    index("searched_messages_at").on(table.organisationId, table.at),
    toConversation(table),
  ],
);

/**
 * Which messages have a term: a row for each `bucketLength` numbers, so that a million messages are a few hundred rows
 * of a term and the newest are read first. Read by equality of its key alone: under row-level security PostgreSQL uses an index
 * for leakproof operators only, and containment of arrays is none.
 */
export const searchPostings = pgTable(
  "search_postings",
  {
    organisationId: organisationId(),
    /** A part of a word (`terms.ts`), or what the message belongs to (`facets.ts`). */
    term: text("term").notNull(),
    bucket: integer("bucket").notNull(),
    /** The numbers within the bucket, in no order. */
    places: smallint("places").array().notNull(),
  },
  (table) => [
    // No foreign key: a message has thirty terms, and the check of each took as long as its insert.
    primaryKey({ columns: [table.organisationId, table.term, table.bucket] }),
  ],
);

/** Who of the team wrote or did something in which chat. */
export const participants = pgTable(
  "participants",
  {
    organisationId: organisationId(),
    userId: uuid("user_id").notNull(),
    conversationId: uuid("conversation_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.userId, table.conversationId] }),
    index("participants_conversation").on(table.organisationId, table.conversationId),
    foreignKey({
      columns: [table.organisationId, table.userId],
      foreignColumns: [users.organisationId, users.id],
    }),
    toConversation(table),
  ],
);

function toConversation(table: { organisationId: ExtraConfigColumn; conversationId: ExtraConfigColumn }) {
  return foreignKey({
    columns: [table.organisationId, table.conversationId],
    foreignColumns: [conversations.organisationId, conversations.id],
  });
}
