import type { QuickReplyTexts } from "@grata/contract/quick-replies";
import { foreignKey, index, json, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { moment, organisationId } from "../storage/columns.ts";
import { users } from "./accounts.ts";
import { toOrganisation } from "./organisations.ts";

/** Texts that are written once and used often: an organisation's, and those that users keep for themselves. */
export const quickReplies = pgTable(
  "quick_replies",
  {
    organisationId: organisationId(),
    id: uuid("id").notNull(),
    /** Whose it is alone; null: everybody's. */
    ownerId: uuid("owner_id"),
    name: text("name").notNull(),
    /** Empty: in none. */
    category: text("category").notNull(),
    texts: json("texts").$type<QuickReplyTexts>().notNull(),
    /** Category and name as they are compared and sorted (see `row.ts`). */
    key: text("key").notNull(),
    /** Everything that a search may find, in lower case. */
    searched: text("searched").notNull(),
    changedAt: moment("changed_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    unique("quick_replies_key").on(table.organisationId, table.ownerId, table.key).nullsNotDistinct(),
    index("quick_replies_category").on(table.organisationId, table.ownerId, table.category),
    toOrganisation(table.organisationId),
    foreignKey({
      columns: [table.organisationId, table.ownerId],
      foreignColumns: [users.organisationId, users.id],
    }).onDelete("cascade"),
  ],
);
