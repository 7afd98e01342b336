import type { AuditAction, AuditEntry } from "@grata/contract/audit";
import { index, json, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment, organisationId } from "../storage/columns.ts";
import { toOrganisation } from "./organisations.ts";

/** Who did what to whom, when, from where. Rows are only ever added: nobody is granted more than that. */
export const auditEntries = pgTable(
  "audit_entries",
  {
    organisationId: organisationId(),
    /** Time-ordered. */
    id: uuid("id").notNull(),
    at: moment("at").notNull().defaultNow(),
    action: text("action").$type<AuditAction>().notNull(),
    by: text("by").$type<AuditEntry["by"]>().notNull(),
    actorId: uuid("actor_id"),
    /** Names as they were then: users may be renamed, and invitations cancelled. */
    actorName: text("actor_name"),
    targetId: uuid("target_id"),
    targetName: text("target_name").notNull(),
    address: text("address").notNull(),
    changes: json("changes").$type<AuditEntry["changes"]>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    index("audit_entries_actor").on(table.organisationId, table.actorId, table.id),
    index("audit_entries_target").on(table.organisationId, table.targetId, table.id),
    toOrganisation(table.organisationId),
  ],
);
