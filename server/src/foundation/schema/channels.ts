import { sql } from "drizzle-orm";
import { boolean, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { moment, organisationId } from "../storage/columns.ts";
import { toOrganisation } from "./organisations.ts";

/** Connected accounts and web sites. The id is unique everywhere: a snippet names it without an organisation. */
export const channels = pgTable(
  "channels",
  {
    organisationId: organisationId(),
    id: uuid("id").notNull(),
    kind: text("kind").notNull(),
    name: text("name").notNull(),
    /** The one on which users test their consoles: made when the first one does, and in no list. */
    forTests: boolean("for_tests").notNull().default(false),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    uniqueIndex("channels_id").on(table.id),
    uniqueIndex("channels_for_tests").on(table.organisationId).where(sql`for_tests`),
    toOrganisation(table.organisationId),
  ],
);
