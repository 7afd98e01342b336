import type { Language } from "@grata/contract/languages";
import { sql } from "drizzle-orm";
import { foreignKey, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { channels } from "../channels/tables.ts";
import { bytes, moment, organisationId } from "../storage/columns.ts";

/** The people who write, one row per person and channel. */
export const customers = pgTable(
  "customers",
  {
    organisationId: organisationId(),
    id: uuid("id").notNull(),
    channelId: uuid("channel_id").notNull(),
    name: text("name"),
    email: text("email"),
    /** What the shop calls them, once it has vouched for them: name and address are then its word, not theirs. */
    externalId: text("external_id"),
    language: text("language").$type<Language>(),
    createdAt: moment("created_at").notNull().defaultNow(),
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
  ],
);

/** What a web visitor's browser proves itself with. The token is only there; its hash is here. */
export const visitorTokens = pgTable(
  "visitor_tokens",
  {
    organisationId: organisationId(),
    tokenHash: bytes("token_hash").notNull(),
    customerId: uuid("customer_id").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.tokenHash] }),
    uniqueIndex("visitor_tokens_token").on(table.tokenHash),
    foreignKey({
      columns: [table.organisationId, table.customerId],
      foreignColumns: [customers.organisationId, customers.id],
    }).onDelete("cascade"),
  ],
);
