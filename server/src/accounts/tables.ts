import type { Language } from "@grata/contract/languages";
import { foreignKey, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { toOrganisation } from "../organisations/tables.ts";
import { bytes, moment, organisationId } from "../storage/columns.ts";

export type Role = "agent" | "admin";

/** The team. An e-mail address is unique across all organisations, in lower case. */
export const users = pgTable(
  "users",
  {
    organisationId: organisationId(),
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    email: text("email").notNull(),
    role: text("role").$type<Role>().notNull(),
    language: text("language").$type<Language>().notNull(),
    status: text("status").$type<"active">().notNull().default("active"),
    passwordHash: text("password_hash"),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    uniqueIndex("users_email").on(table.email),
    toOrganisation(table.organisationId),
  ],
);

/** Signed-in browsers. The token itself is only in the browser's cookie; its hash is here. */
export const sessions = pgTable(
  "sessions",
  {
    organisationId: organisationId(),
    id: uuid("id").notNull(),
    tokenHash: bytes("token_hash").notNull(),
    userId: uuid("user_id").notNull(),
    userAgent: text("user_agent").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    lastSeenAt: moment("last_seen_at").notNull().defaultNow(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    uniqueIndex("sessions_token").on(table.tokenHash),
    foreignKey({
      columns: [table.organisationId, table.userId],
      foreignColumns: [users.organisationId, users.id],
    }).onDelete("cascade"),
  ],
);

/** Sessions with an open socket, and when their node last said so. A table of its own: it changes all the time. */
export const connectedSessions = pgTable(
  "connected_sessions",
  {
    organisationId: organisationId(),
    sessionId: uuid("session_id").notNull(),
    notedAt: moment("noted_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.sessionId] }),
    foreignKey({
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [sessions.organisationId, sessions.id],
    }).onDelete("cascade"),
  ],
);
