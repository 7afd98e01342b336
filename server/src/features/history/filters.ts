import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import { readPerson } from "../../domains/customers/person.ts";
import { conversations } from "../../foundation/schema/conversations.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import { facets } from "./facets.ts";

/** Which part of history is asked for. */
export type Filters = {
  customerId?: string | undefined;
  userId?: string | undefined;
  channelId?: string | undefined;
  tagId?: string | undefined;
  from?: number | undefined;
  to?: number | undefined;
};

/** The same, with everybody who was found to be the customer. */
export type Narrowed = Filters & { organisationId: string; members: string[] | undefined };

export async function narrow(
  transaction: Transaction,
  organisationId: string,
  filters: Filters,
): Promise<Narrowed> {
  if (filters.customerId === undefined) return { ...filters, organisationId, members: undefined };
  const person = await readPerson(transaction, organisationId, filters.customerId);
  return { ...filters, organisationId, members: person?.members.map(({ id }) => id) ?? [] };
}

/** What holds for the row of a chat, but for the time. */
export function ofConversation({
  organisationId,
  members,
  userId,
  channelId,
  tagId,
}: Narrowed): SQL | undefined {
  return and(
    eq(conversations.organisationId, organisationId),
    eq(conversations.isTest, false),
    members && inArray(conversations.customerId, members),
    channelId === undefined ? undefined : eq(conversations.channelId, channelId),
    userId === undefined
      ? undefined
      : sql`${conversations.id} IN (
          SELECT p.conversation_id FROM participants p
          WHERE p.organisation_id = ${organisationId} AND p.user_id = ${userId})`,
    tagId === undefined
      ? undefined
      : sql`${conversations.customerId} IN (${taggedCustomers(sql`${organisationId}`, sql`${tagId}`)})`,
  );
}

/** The tags of a person stand with the survivor. */
export const taggedCustomers = (organisationId: SQL, tagId: SQL) => sql`
  SELECT c.id FROM customers c JOIN customer_tags t ON t.organisation_id = c.organisation_id
    AND t.customer_id = COALESCE(c.merged_into, c.id)
  WHERE c.organisation_id = ${organisationId} AND t.tag_id = ${tagId}`;

/** Up to so many customers with a tag are looked up in the index; of more, each message is asked for its customer's. */
const mostTagged = 500;

/** The filters as groups of terms, of each of which a message has one. */
export async function groupsOf(transaction: Transaction, narrowed: Narrowed): Promise<string[][]> {
  const { organisationId, members, userId, channelId, tagId } = narrowed;
  const groups: string[][] = [];
  if (members) groups.push(members.map(facets.customer));
  if (userId !== undefined) groups.push([facets.user(userId)]);
  if (channelId !== undefined) groups.push([facets.channel(channelId)]);
  if (tagId !== undefined) {
    const { rows } = await transaction.execute<{ id: string }>(
      sql`${taggedCustomers(sql`${organisationId}`, sql`${tagId}`)} LIMIT ${mostTagged + 1}`,
    );
    if (rows.length <= mostTagged) groups.push(rows.map(({ id }) => facets.customer(id)));
  }
  return groups;
}
