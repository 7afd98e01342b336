import type { Language } from "@grata/contract/languages";
import { sql } from "drizzle-orm";
import { boolean, foreignKey, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytes, moment, organisationId } from "../storage/columns.ts";

export const organisations = pgTable(
  "organisations",
  {
    organisationId: uuid("organisation_id").primaryKey(),
    name: text("name").notNull(),
    defaultLanguage: text("default_language").$type<Language>().notNull().default("en"),
    timeZone: text("time_zone").notNull().default("UTC"),
    /** Null: sessions do not end by inactivity. */
    inactivityMinutes: integer("inactivity_minutes"),
    oneSession: boolean("one_session").notNull().default(true),
    /** Whoever has no second factor is let in to set one up, and to nothing else. */
    secondFactorRequired: boolean("second_factor_required").notNull().default(false),
    /** Seconds after which a customer who waits for an agent who is gone goes back to the wait list. */
    absenceSeconds: integer("absence_seconds").notNull().default(120),
    /** Days after which what was said in a closed chat is erased; null: never. */
    retentionDays: integer("retention_days"),
    /** The address of its own sign-in page: `/<slug>` at each entrance. Null: it has none. */
    slug: text("slug"),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [uniqueIndex("organisations_slug").on(table.slug)],
);

/** A foreign key of a tenant's table to its organisation. */
export const toOrganisation = (column: Parameters<typeof foreignKey>[0]["columns"][0]) =>
  foreignKey({ columns: [column], foreignColumns: [organisations.organisationId] });

/** An organisation's own host name. It counts once it is verified: until then anybody may have written it down. */
export const ownHosts = pgTable(
  "own_hosts",
  {
    organisationId: organisationId().primaryKey(),
    /** In lower case and ASCII, as browsers send it. */
    host: text("host").notNull(),
    /** What the owner of the domain puts into its DNS. No secret: everybody can read it there. */
    token: text("token").notNull(),
    verifiedAt: moment("verified_at"),
  },
  (table) => [
    uniqueIndex("own_hosts_verified").on(table.host).where(sql`verified_at IS NOT NULL`),
    toOrganisation(table.organisationId),
  ],
);

/** The logo on an organisation's own sign-in page, as WebP of ours. */
export const logos = pgTable(
  "logos",
  {
    organisationId: organisationId().primaryKey(),
    /** Of the content: it is the logo's address, which browsers keep for good. */
    hash: text("hash").notNull(),
    content: bytes("content").notNull(),
  },
  (table) => [toOrganisation(table.organisationId)],
);

/** One-time set-up links. They exist only before the first organisation does, so they belong to none. */
export const setUpLinks = pgTable("set_up_links", {
  tokenHash: bytes("token_hash").primaryKey(),
  createdAt: moment("created_at").notNull().defaultNow(),
});
