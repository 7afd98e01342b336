import type { IdentityWorld, ShownName } from "@grata/contract/shown-as";
import { foreignKey, index, json, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { bytes, moment, organisationId } from "../storage/columns.ts";
import { users } from "./accounts.ts";
import { toOrganisation } from "./organisations.ts";

/** The names and faces under which customers see users. What was written under one keeps a copy of its own. */
export const agentIdentities = pgTable(
  "agent_identities",
  {
    organisationId: organisationId(),
    id: uuid("id").notNull(),
    world: text("world").$type<IdentityWorld>().notNull(),
    /** Owner of a personal identity; null: shared. */
    ownerId: uuid("owner_id"),
    names: json("names").$type<ShownName[]>().notNull(),
    /** A hash of `avatars`. */
    avatar: text("avatar"),
    /** Everything that a search may find, in lower case. It begins with the first name, by which lists are sorted. */
    searched: text("searched").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    unique("agent_identities_world").on(table.organisationId, table.id, table.world),
    index("agent_identities_owner").on(table.organisationId, table.ownerId),
    toOrganisation(table.organisationId),
    foreignKey({
      columns: [table.organisationId, table.ownerId],
      foreignColumns: [users.organisationId, users.id],
    }).onDelete("cascade"),
  ],
);

/** Pictures of identities, as WebP of ours. They stay when an identity has another one: messages refer to them. */
export const avatars = pgTable(
  "avatars",
  {
    organisationId: organisationId(),
    /** Of the organisation and the content: the picture's address, which browsers keep for good. */
    hash: text("hash").notNull(),
    content: bytes("content").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.hash] }),
    // Visitors name a picture without the organisation.
    index("avatars_hash").on(table.hash),
    toOrganisation(table.organisationId),
  ],
);

/** The identity of each user in each world. */
export const userIdentities = pgTable(
  "user_identities",
  {
    organisationId: organisationId(),
    userId: uuid("user_id").notNull(),
    world: text("world").$type<IdentityWorld>().notNull(),
    identityId: uuid("identity_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.userId, table.world] }),
    index("user_identities_identity").on(table.organisationId, table.identityId),
    foreignKey({
      columns: [table.organisationId, table.userId],
      foreignColumns: [users.organisationId, users.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [table.organisationId, table.identityId, table.world],
      foreignColumns: [agentIdentities.organisationId, agentIdentities.id, agentIdentities.world],
    }).onDelete("cascade"),
  ],
);
