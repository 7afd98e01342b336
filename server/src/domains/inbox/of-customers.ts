import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { customerIdentities } from "../../foundation/schema/customers.ts";
import { inbox } from "../../foundation/schema/inbox.ts";

/** Pushes of these customers, as a condition over the inbox: those in a lane that is an identity of theirs. */
export function isOfCustomers({
  organisationId,
  customerIds,
}: {
  organisationId: string;
  customerIds: string[];
}): SQL | undefined {
  const isTheirs = and(
    eq(customerIdentities.organisationId, inbox.organisationId),
    eq(customerIdentities.channelId, inbox.channelId),
    eq(customerIdentities.externalId, inbox.lane),
    inArray(customerIdentities.customerId, customerIds),
  );
  return and(
    eq(inbox.organisationId, organisationId),
    sql`EXISTS (SELECT FROM ${customerIdentities} WHERE ${isTheirs})`,
  );
}
