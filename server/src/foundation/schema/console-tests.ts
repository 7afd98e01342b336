import { foreignKey, index, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { moment, organisationId } from "../storage/columns.ts";
import { users } from "./accounts.ts";
import { customers } from "./customers.ts";

/**
 * Tests of consoles that are going on, at most one for each user. It ends with its row: by the user, with the session
 * that began it, or when its time is over. Without one the customer of a test can neither connect nor open a chat.
 */
export const consoleTests = pgTable(
  "console_tests",
  {
    organisationId: organisationId(),
    userId: uuid("user_id").notNull(),
    /** No foreign key: a session that is gone is what ends a test. */
    sessionId: uuid("session_id").notNull(),
    customerId: uuid("customer_id").notNull(),
    startedAt: moment("started_at").notNull().defaultNow(),
    endsAt: moment("ends_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.userId] }),
    index("console_tests_customer").on(table.organisationId, table.customerId),
    foreignKey({
      columns: [table.organisationId, table.userId],
      foreignColumns: [users.organisationId, users.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [table.organisationId, table.customerId],
      foreignColumns: [customers.organisationId, customers.id],
    }).onDelete("cascade"),
  ],
);
