import type { FieldKind } from "@grata/contract/customers";
import type { Language } from "@grata/contract/languages";
import { sql } from "drizzle-orm";
import {
  boolean,
  type ExtraConfigColumn,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment, organisationId } from "../storage/columns.ts";
import { users } from "./accounts.ts";
import { channels } from "./channels.ts";
import { toOrganisation } from "./organisations.ts";

/** The people who write, one row per person and channel. */
export const customers = pgTable(
  "customers",
  {
    organisationId: organisationId(),
    id: uuid("id").notNull(),
    channelId: uuid("channel_id").notNull(),
    name: text("name"),
    email: text("email"),
    /** A trigger writes it, for nodes of the release before only: see `customerIdentities`. */
    externalId: text("external_id"),
    language: text("language").$type<Language>(),
    /** What the team calls them and where it reaches them: its word goes before theirs. */
    teamName: text("team_name"),
    teamEmail: text("team_email"),
    phone: text("phone"),
    /**
     * Who they were found to be, always the last one of a row of merges. Their chats, tokens and sockets stay their own:
     * only the team sees the two as one, so that a wrong merge shows nobody's words to somebody else.
     */
    mergedInto: uuid("merged_into"),
    /** The user who tests the console in this part; null: a real customer. */
    testerId: uuid("tester_id"),
    createdAt: moment("created_at").notNull().defaultNow(),
    /** When somebody had it erased: they are without a name then, and come no more. */
    erasureBeganAt: moment("erasure_began_at"),
    /** When everything that was said had gone too. */
    erasedAt: moment("erased_at"),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    foreignKey({
      columns: [table.organisationId, table.channelId],
      foreignColumns: [channels.organisationId, channels.id],
    }),
    uniqueIndex("customers_external")
      .on(table.organisationId, table.channelId, table.externalId)
      .where(sql`external_id IS NOT NULL`),
    index("customers_erasing")
      .on(table.organisationId, table.id)
      .where(sql`erasure_began_at IS NOT NULL AND erased_at IS NULL`),
    index("customers_merged").on(table.organisationId, table.mergedInto).where(sql`merged_into IS NOT NULL`),
    foreignKey({
      columns: [table.organisationId, table.mergedInto],
      foreignColumns: [table.organisationId, table.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.testerId],
      foreignColumns: [users.organisationId, users.id],
    }),
  ],
);

/**
 * The ids by which a channel knows a customer: a kind of id (`signed`, say) and the id itself, which is one person's on
 * that channel. Whoever writes by two channels is two customers, and one person once they are merged.
 */
export const customerIdentities = pgTable(
  "customer_identities",
  {
    organisationId: organisationId(),
    channelId: uuid("channel_id").notNull(),
    customerId: uuid("customer_id").notNull(),
    kind: text("kind").notNull(),
    externalId: text("external_id").notNull(),
    /** The organisation itself has signed it: name and address are then its word, not the customer's. */
    vouched: boolean("vouched").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.channelId, table.kind, table.externalId] }),
    index("customer_identities_customer").on(table.organisationId, table.customerId),
    foreignKey({
      columns: [table.organisationId, table.channelId],
      foreignColumns: [channels.organisationId, channels.id],
    }),
    toCustomer(table),
  ],
);

/** What the team wrote down about a customer. */
export const customerNotes = pgTable(
  "customer_notes",
  {
    organisationId: organisationId(),
    /** Made by the client: writing the same note twice writes it once. */
    id: uuid("id").notNull(),
    customerId: uuid("customer_id").notNull(),
    text: text("text").notNull(),
    userId: uuid("user_id").notNull(),
    /** As the user was called then. */
    userName: text("user_name").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    index("customer_notes_customer").on(table.organisationId, table.customerId, table.createdAt),
    toCustomer(table),
    foreignKey({
      columns: [table.organisationId, table.userId],
      foreignColumns: [users.organisationId, users.id],
    }),
  ],
);

export const tags = pgTable(
  "tags",
  {
    organisationId: organisationId(),
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    /** The name as it is compared: two tags that differ only in case are one. */
    key: text("key").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    uniqueIndex("tags_key").on(table.organisationId, table.key),
    toOrganisation(table.organisationId),
  ],
);

export const customerTags = pgTable(
  "customer_tags",
  {
    organisationId: organisationId(),
    customerId: uuid("customer_id").notNull(),
    tagId: uuid("tag_id").notNull(),
    /** The merge that brought it, and takes it away again when it is undone; null: somebody of the team gave it. */
    mergeId: uuid("merge_id"),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.customerId, table.tagId] }),
    index("customer_tags_tag").on(table.organisationId, table.tagId),
    toCustomer(table),
    foreignKey({
      columns: [table.organisationId, table.tagId],
      foreignColumns: [tags.organisationId, tags.id],
    }).onDelete("cascade"),
  ],
);

/** What an organisation wants to know of its customers besides. */
export const customFields = pgTable(
  "custom_fields",
  {
    organisationId: organisationId(),
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    key: text("key").notNull(),
    kind: text("kind").$type<FieldKind>().notNull(),
    choices: text("choices").array().notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    uniqueIndex("custom_fields_key").on(table.organisationId, table.key),
    toOrganisation(table.organisationId),
  ],
);

export const customerFieldValues = pgTable(
  "customer_field_values",
  {
    organisationId: organisationId(),
    customerId: uuid("customer_id").notNull(),
    fieldId: uuid("field_id").notNull(),
    value: text("value").notNull(),
    /** As with tags. */
    mergeId: uuid("merge_id"),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.customerId, table.fieldId] }),
    toCustomer(table),
    foreignKey({
      columns: [table.organisationId, table.fieldId],
      foreignColumns: [customFields.organisationId, customFields.id],
    }).onDelete("cascade"),
  ],
);

/** That two customers are one person, and what it takes to undo that. */
export const customerMerges = pgTable(
  "customer_merges",
  {
    organisationId: organisationId(),
    id: uuid("id").notNull(),
    survivorId: uuid("survivor_id").notNull(),
    mergedId: uuid("merged_id").notNull(),
    /** The merged one, and who had been merged into them before. */
    moved: uuid("moved").array().notNull(),
    /** What the survivor did not have and got. */
    filledName: text("filled_name"),
    filledPhone: text("filled_phone"),
    userId: uuid("user_id").notNull(),
    userName: text("user_name").notNull(),
    at: moment("at").notNull().defaultNow(),
    undoneAt: moment("undone_at"),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    uniqueIndex("customer_merges_merged")
      .on(table.organisationId, table.mergedId)
      .where(sql`undone_at IS NULL`),
    foreignKey({
      columns: [table.organisationId, table.survivorId],
      foreignColumns: [customers.organisationId, customers.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [table.organisationId, table.mergedId],
      foreignColumns: [customers.organisationId, customers.id],
    }).onDelete("cascade"),
  ],
);

function toCustomer(table: { organisationId: ExtraConfigColumn; customerId: ExtraConfigColumn }) {
  return foreignKey({
    columns: [table.organisationId, table.customerId],
    foreignColumns: [customers.organisationId, customers.id],
  }).onDelete("cascade");
}
