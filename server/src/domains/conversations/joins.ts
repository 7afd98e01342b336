import { and, eq } from "drizzle-orm";
import { users } from "../../foundation/schema/accounts.ts";
import { channels } from "../../foundation/schema/channels.ts";
import { conversations } from "../../foundation/schema/conversations.ts";
import { customers } from "../../foundation/schema/customers.ts";

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
