import { foreignKey, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment, organisationId } from "../storage/columns.ts";
import { users } from "./accounts.ts";
import { toOrganisation } from "./organisations.ts";

/** Groups of users. Each has a queue of its own, whose id is the group's. */
export const userGroups = pgTable(
  "user_groups",
  {
    organisationId: organisationId(),
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    toOrganisation(table.organisationId),
  ],
);

export const userGroupMembers = pgTable(
  "user_group_members",
  {
    organisationId: organisationId(),
    groupId: uuid("group_id").notNull(),
    userId: uuid("user_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.groupId, table.userId] }),
    index("user_group_members_user").on(table.organisationId, table.userId),
    foreignKey({
      columns: [table.organisationId, table.groupId],
      foreignColumns: [userGroups.organisationId, userGroups.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [table.organisationId, table.userId],
      foreignColumns: [users.organisationId, users.id],
    }).onDelete("cascade"),
  ],
);
