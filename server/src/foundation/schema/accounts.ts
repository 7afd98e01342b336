import type { NotificationPreference } from "@grata/contract/http";
import type { Language } from "@grata/contract/languages";
import type { EndReason } from "@grata/contract/realtime";
import type { DeviceKind, Role } from "@grata/contract/team";
import { sql } from "drizzle-orm";
import {
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytes, moment, organisationId } from "../storage/columns.ts";
import { toOrganisation } from "./organisations.ts";

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
    status: text("status").$type<"invited" | "active" | "disabled">().notNull().default("active"),
    passwordHash: text("password_hash"),
    /** Since the last good sign-in. Whoever has used them up is locked, whatever else (`lock.ts`). */
    failedAttempts: integer("failed_attempts").notNull().default(0),
    /** When the last of those came to nothing; the owner was told then. */
    lockedAt: moment("locked_at"),
    lastSeenAt: moment("last_seen_at"),
    /** Null: the organisation's. */
    timeZone: text("time_zone"),
    notifications: text("notifications").$type<NotificationPreference>().notNull().default("all"),
    /** Since when they are there for nobody new, on whatever device; null: they are, while they are connected. */
    pausedAt: moment("paused_at"),
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
    device: text("device").$type<DeviceKind>().notNull().default("desktop"),
    address: text("address").notNull().default(""),
    createdAt: moment("created_at").notNull().defaultNow(),
    lastSeenAt: moment("last_seen_at").notNull().defaultNow(),
    /** When its user last did something, as the console tells it. */
    activeAt: moment("active_at").notNull().defaultNow(),
    /** One that is ended expires at once, and stays for a day with the reason, so that every node can tell it. */
    expiresAt: moment("expires_at").notNull(),
    endReason: text("end_reason").$type<EndReason>(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    uniqueIndex("sessions_token").on(table.tokenHash),
    index("sessions_user").on(table.organisationId, table.userId),
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

/** Absences of agents who serve chats: one row for each user who has ever been absent. */
export const absences = pgTable(
  "absences",
  {
    organisationId: organisationId(),
    userId: uuid("user_id").notNull(),
    /** When it was noticed. Null: they are back. */
    since: moment("since"),
    /** How many of their chats went back to the wait list meanwhile, until they have read it. */
    putBack: integer("put_back").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.userId] }),
    foreignKey({
      columns: [table.organisationId, table.userId],
      foreignColumns: [users.organisationId, users.id],
    }).onDelete("cascade"),
    index("absences_since").on(table.since).where(sql`since IS NOT NULL`),
  ],
);

/** An invitation, or a way to recover a password: expires, works once, and only the newest of a user does. */
export const links = pgTable(
  "links",
  {
    organisationId: organisationId(),
    id: uuid("id").notNull(),
    kind: text("kind").$type<"invitation" | "recovery">().notNull(),
    /** Null: the invitation was cancelled, and the user with it. */
    userId: uuid("user_id"),
    createdAt: moment("created_at").notNull().defaultNow(),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
    revokedAt: moment("revoked_at"),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    uniqueIndex("links_open")
      .on(table.organisationId, table.userId, table.kind)
      .where(sql`used_at IS NULL AND revoked_at IS NULL`),
    toOrganisation(table.organisationId),
    foreignKey({
      columns: [table.organisationId, table.userId],
      foreignColumns: [users.organisationId, users.id],
    }).onDelete("set null"),
  ],
);

/**
 * The secrets that open a link, hashed. Each mail gets one of its own when it goes out, so that none is ever kept, and
 * a mail that had to be sent twice works in both forms.
 */
export const linkTokens = pgTable(
  "link_tokens",
  {
    organisationId: organisationId(),
    tokenHash: bytes("token_hash").notNull(),
    linkId: uuid("link_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.tokenHash] }),
    uniqueIndex("link_tokens_token").on(table.tokenHash),
    foreignKey({
      columns: [table.organisationId, table.linkId],
      foreignColumns: [links.organisationId, links.id],
    }).onDelete("cascade"),
  ],
);
