import { sql } from "drizzle-orm";
import {
  bigint,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment, organisationId } from "../storage/columns.ts";
import { channels } from "./channels.ts";

/** `failed`: for good. Its body is kept for a while, for the operator. */
export type PushState = "waiting" | "received" | "failed";

/**
 * What platforms push, as it came: stored before the push is answered, and received later. What was received keeps its
 * key for a while, without its body, so that a repetition is known.
 */
export const inbox = pgTable(
  "inbox",
  {
    organisationId: organisationId(),
    id: bigint("id", { mode: "number" }).generatedAlwaysAsIdentity(),
    channelId: uuid("channel_id").notNull(),
    /** By which the platform, or what it says, tells a repetition. */
    key: text("key").notNull(),
    /** The unit of order on the way in: the id by which the channel knows who says it. */
    lane: text("lane").notNull(),
    body: text("body"),
    state: text("state").$type<PushState>().notNull().default("waiting"),
    attempts: integer("attempts").notNull().default(0),
    /** Why it did not work, without a word of what it says. */
    lastError: text("last_error"),
    at: moment("at").notNull().defaultNow(),
    dueAt: moment("due_at").notNull().defaultNow(),
    leasedUntil: moment("leased_until"),
    leasedBy: uuid("leased_by"),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    uniqueIndex("inbox_key").on(table.organisationId, table.channelId, table.key),
    index("inbox_lane").on(table.organisationId, table.channelId, table.lane, table.id),
    index("inbox_due").on(table.dueAt).where(sql`state = 'waiting'`),
    index("inbox_settled").on(table.at).where(sql`state <> 'waiting'`),
    foreignKey({
      columns: [table.organisationId, table.channelId],
      foreignColumns: [channels.organisationId, channels.id],
    }).onDelete("cascade"),
  ],
);
