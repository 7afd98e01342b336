import type { Pushed } from "@grata/contract/push";
import { sql } from "drizzle-orm";
import { foreignKey, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment, organisationId } from "../storage/columns.ts";
import { sessions } from "./accounts.ts";
import { conversations } from "./conversations.ts";
import { toOrganisation } from "./organisations.ts";

/** By which key an organisation signs what it hands to push services (VAPID, RFC 8292). Made when first asked for. */
export const pushKeys = pgTable(
  "push_keys",
  {
    organisationId: organisationId().primaryKey(),
    publicKey: text("public_key").notNull(),
    /** Sealed. */
    privateKey: text("private_key").notNull(),
  },
  (table) => [toOrganisation(table.organisationId)],
);

/** A browser that wants pop-ups while no console is open: where to, and the keys to encrypt with for it alone. */
export const pushSubscriptions = pgTable(
  "push_subscriptions",
  {
    organisationId: organisationId(),
    sessionId: uuid("session_id").notNull(),
    endpoint: text("endpoint").notNull(),
    p256dh: text("p256dh").notNull(),
    auth: text("auth").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.sessionId] }),
    foreignKey({
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [sessions.organisationId, sessions.id],
    }).onDelete("cascade"),
  ],
);

/** What a browser was told, or is to be told, of a chat: the newest takes the older one's place. */
export const pushes = pgTable(
  "pushes",
  {
    organisationId: organisationId(),
    sessionId: uuid("session_id").notNull(),
    conversationId: uuid("conversation_id").notNull(),
    kind: text("kind").$type<Pushed["kind"]>().notNull(),
    /** When that happened of which it tells: the same is never told twice, and nothing that is long past. */
    aboutAt: moment("about_at").notNull(),
    /** Null: it is done with. */
    dueAt: moment("due_at"),
    attempts: integer("attempts").notNull().default(0),
    leasedUntil: moment("leased_until"),
    leasedBy: uuid("leased_by"),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.sessionId, table.conversationId] }),
    index("pushes_due").on(table.dueAt).where(sql`due_at IS NOT NULL`),
    index("pushes_about").on(table.aboutAt),
    foreignKey({
      columns: [table.organisationId, table.sessionId],
      foreignColumns: [pushSubscriptions.organisationId, pushSubscriptions.sessionId],
    }).onDelete("cascade"),
    foreignKey({
      columns: [table.organisationId, table.conversationId],
      foreignColumns: [conversations.organisationId, conversations.id],
    }).onDelete("cascade"),
  ],
);
