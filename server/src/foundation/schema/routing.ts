import type { RoutingRule } from "@grata/contract/routing";
import { boolean, integer, json, pgTable } from "drizzle-orm/pg-core";
import { organisationId } from "../storage/columns.ts";
import { toOrganisation } from "./organisations.ts";

/**
 * The rules that lead new chats to groups, in one document: their order is part of it, and two admins who change them
 * at once are told. Without a row there are none.
 */
export const routing = pgTable(
  "routing",
  {
    organisationId: organisationId().primaryKey(),
    /** Grows by one with each change. */
    version: integer("version").notNull(),
    rules: json("rules").$type<RoutingRule[]>().notNull(),
    /** Minutes after which a chat that waits for a group opens to everybody; null: never. */
    overflowMinutes: integer("overflow_minutes"),
    /** Users with groups see the chats that wait for everybody too. */
    groupsSeeEverybody: boolean("groups_see_everybody").notNull().default(true),
  },
  (table) => [toOrganisation(table.organisationId)],
);
