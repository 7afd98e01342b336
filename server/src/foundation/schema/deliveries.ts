import { bigint, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment, organisationId } from "../storage/columns.ts";
import { channels } from "./channels.ts";
import { entries } from "./conversations.ts";
import { customers } from "./customers.ts";

/**
 * The unit of order on the way out: one customer on one channel. A worker leases a lane; what waits in it goes out
 * one by one, in the order in which it was written.
 */
export const lanes = pgTable(
  "lanes",
  {
    organisationId: organisationId(),
    channelId: uuid("channel_id").notNull(),
    customerId: uuid("customer_id").notNull(),
    leasedUntil: moment("leased_until"),
    leasedBy: uuid("leased_by"),
    /** When there may be something to do; null when the lane is empty. */
    dueAt: moment("due_at"),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.channelId, table.customerId] }),
    index("lanes_due").on(table.dueAt),
    foreignKey({
      columns: [table.organisationId, table.channelId],
      foreignColumns: [channels.organisationId, channels.id],
    }),
    foreignKey({
      columns: [table.organisationId, table.customerId],
      foreignColumns: [customers.organisationId, customers.id],
    }),
  ],
);

/** What must still go out. A row is written in the transaction of its entry and deleted when its fate is known. */
export const deliveries = pgTable(
  "deliveries",
  {
    organisationId: organisationId(),
    id: bigint("id", { mode: "number" }).generatedAlwaysAsIdentity(),
    channelId: uuid("channel_id").notNull(),
    customerId: uuid("customer_id").notNull(),
    conversationId: uuid("conversation_id").notNull(),
    seq: integer("seq").notNull(),
    attempts: integer("attempts").notNull().default(0),
    /** Set before the outside is called: found set later, the outcome is not known. */
    beganAt: moment("began_at"),
    lastError: text("last_error"),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    index("deliveries_lane").on(table.organisationId, table.channelId, table.customerId, table.id),
    foreignKey({
      columns: [table.organisationId, table.channelId, table.customerId],
      foreignColumns: [lanes.organisationId, lanes.channelId, lanes.customerId],
    }),
    foreignKey({
      columns: [table.organisationId, table.conversationId, table.seq],
      foreignColumns: [entries.organisationId, entries.conversationId, entries.seq],
    }),
  ],
);
