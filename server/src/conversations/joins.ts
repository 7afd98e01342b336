import { and, eq } from "drizzle-orm";
import { users } from "../accounts/tables.ts";
import { channels } from "../channels/tables.ts";
import { customers } from "../customers/tables.ts";
import { conversations } from "./tables.ts";

/** How what stands around a chat is joined to it: whose it is, where, and who serves or served it. */
export const toCustomer = and(
  eq(customers.organisationId, conversations.organisationId),
  eq(customers.id, conversations.customerId),
);
export const toChannel = and(
  eq(channels.organisationId, conversations.organisationId),
  eq(channels.id, conversations.channelId),
);
export const toServingUser = and(
  eq(users.organisationId, conversations.organisationId),
  eq(users.id, conversations.claimedBy),
);
