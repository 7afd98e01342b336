import type { Attachment } from "@grata/contract/files";
import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { moment, organisationId } from "../storage/columns.ts";
import { users } from "./accounts.ts";
import { conversations } from "./conversations.ts";
import { customers } from "./customers.ts";
import { toOrganisation } from "./organisations.ts";

/**
 * What the file store holds, by the hash of its content: the same content is kept once in an organisation. A row is
 * there before its content is and goes after it, so that nothing lies in the store that no row knows of.
 */
export const fileContents = pgTable(
  "file_contents",
  {
    organisationId: organisationId(),
    /** SHA-256, in hexadecimal. */
    hash: text("hash").notNull(),
    bytes: integer("bytes").notNull(),
    /** When somebody last began to store it: it is not removed under their hands. */
    touchedAt: moment("touched_at").notNull().defaultNow(),
    /** Whether a file refers to it. The database takes it back when one goes, so that what is loose is found at once. */
    isReferred: boolean("is_referred").notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.hash] }),
    toOrganisation(table.organisationId),
    index("file_contents_loose").on(table.touchedAt).where(sql`NOT is_referred`),
  ],
);

/** Files that somebody uploaded to send: each belongs to whoever did, and is sent once. */
export const files = pgTable(
  "files",
  {
    organisationId: organisationId(),
    /** Made by the client. It opens nothing by itself. */
    id: uuid("id").notNull(),
    /** A user's file is for one conversation; a customer's for the one they have when they send it. */
    conversationId: uuid("conversation_id"),
    userId: uuid("user_id"),
    customerId: uuid("customer_id"),
    kind: text("kind").$type<Attachment["kind"]>().notNull(),
    name: text("name").notNull(),
    mediaType: text("media_type").notNull(),
    bytes: integer("bytes").notNull(),
    width: integer("width"),
    height: integer("height"),
    milliseconds: integer("milliseconds"),
    waveform: smallint("waveform").array(),
    contentHash: text("content_hash").notNull(),
    thumbnailHash: text("thumbnail_hash"),
    /** The client id of the message that carries it. Null: it has not been sent. */
    sentWith: uuid("sent_with"),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.conversationId],
      foreignColumns: [conversations.organisationId, conversations.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.userId],
      foreignColumns: [users.organisationId, users.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.customerId],
      foreignColumns: [customers.organisationId, customers.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.contentHash],
      foreignColumns: [fileContents.organisationId, fileContents.hash],
    }),
    foreignKey({
      columns: [table.organisationId, table.thumbnailHash],
      foreignColumns: [fileContents.organisationId, fileContents.hash],
    }),
    index("files_content").on(table.organisationId, table.contentHash),
    index("files_thumbnail").on(table.organisationId, table.thumbnailHash),
    index("files_conversation").on(table.organisationId, table.conversationId),
    index("files_unsent").on(table.createdAt).where(sql`sent_with IS NULL`),
    check("files_owner", sql`(user_id IS NULL) <> (customer_id IS NULL)`),
    check("files_sent", sql`sent_with IS NULL OR conversation_id IS NOT NULL`),
  ],
);
