import type { Language } from "@grata/contract/languages";
import { boolean, foreignKey, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytes, moment } from "../storage/columns.ts";

export const organisations = pgTable("organisations", {
  organisationId: uuid("organisation_id").primaryKey(),
  name: text("name").notNull(),
  defaultLanguage: text("default_language").$type<Language>().notNull().default("en"),
  timeZone: text("time_zone").notNull().default("UTC"),
  /** Null: sessions do not end by inactivity. */
  inactivityMinutes: integer("inactivity_minutes"),
  oneSession: boolean("one_session").notNull().default(true),
  /** Whoever has no second factor is let in to set one up, and to nothing else. */
  secondFactorRequired: boolean("second_factor_required").notNull().default(false),
  createdAt: moment("created_at").notNull().defaultNow(),
});

/** A foreign key of a tenant's table to its organisation. */
export const toOrganisation = (column: Parameters<typeof foreignKey>[0]["columns"][0]) =>
  foreignKey({ columns: [column], foreignColumns: [organisations.organisationId] });

/** One-time set-up links. They exist only before the first organisation does, so they belong to none. */
export const setUpLinks = pgTable("set_up_links", {
  tokenHash: bytes("token_hash").primaryKey(),
  createdAt: moment("created_at").notNull().defaultNow(),
});
