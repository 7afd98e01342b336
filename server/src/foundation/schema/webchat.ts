import type { WebChatSettings } from "@grata/contract/web-chat";
import { boolean, foreignKey, json, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytes, moment, organisationId } from "../storage/columns.ts";
import { channels } from "./channels.ts";
import { customers } from "./customers.ts";

/** What an admin set for a web chat. A channel without a row here is as `settings.ts` says by default. */
export const webchatSettings = pgTable(
  "webchat_settings",
  {
    organisationId: organisationId(),
    channelId: uuid("channel_id").notNull(),
    allowedOrigins: text("allowed_origins").array().notNull(),
    colour: text("colour").notNull(),
    position: text("position").$type<WebChatSettings["position"]>().notNull(),
    launcher: boolean("launcher").notNull(),
    texts: json("texts").$type<WebChatSettings["texts"]>().notNull(),
    /** What the shop's server signs its customers' names with: sealed, as it is needed to check a signature. */
    secret: text("secret"),
    secretMadeAt: moment("secret_made_at"),
    formerSecret: text("former_secret"),
    formerSecretUntil: moment("former_secret_until"),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.channelId] }),
    foreignKey({
      columns: [table.organisationId, table.channelId],
      foreignColumns: [channels.organisationId, channels.id],
    }).onDelete("cascade"),
  ],
);

/** What a web visitor's browser proves itself with. The token is only there; its hash is here. */
export const visitorTokens = pgTable(
  "visitor_tokens",
  {
    organisationId: organisationId(),
    tokenHash: bytes("token_hash").notNull(),
    customerId: uuid("customer_id").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.tokenHash] }),
    uniqueIndex("visitor_tokens_token").on(table.tokenHash),
    foreignKey({
      columns: [table.organisationId, table.customerId],
      foreignColumns: [customers.organisationId, customers.id],
    }).onDelete("cascade"),
  ],
);
