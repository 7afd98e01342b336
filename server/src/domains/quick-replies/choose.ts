import { type Choices, choicesLimit, type choicesQuery } from "@grata/contract/quick-replies";
import { and, asc, count, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import type * as z from "zod/mini";
import type { Principal } from "../../foundation/access/principal.ts";
import { requireAccess, requireUser } from "../../foundation/access/require-access.ts";
import { customers } from "../../foundation/schema/customers.ts";
import { quickReplies } from "../../foundation/schema/quick-replies.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { findConversation } from "../conversations/find.ts";
import { containing } from "./list.ts";
import { presentChoice } from "./present.ts";
import { asSearched } from "./row.ts";

/**
 * What fits to what somebody has typed so far: everybody's and their own, the best first. With a chat that they may
 * read, also the language of its customer.
 */
export function chooseQuickReplies(
  storage: Storage,
  principal: Principal,
  { search, conversationId }: z.output<typeof choicesQuery>,
): Promise<Choices> {
  const { organisationId, userId } = requireUser({ principal, address: "" }, "quickReplies.use");
  return storage.inOrganisation(organisationId, async (transaction) => {
    const customerLanguage =
      conversationId === undefined
        ? null
        : await languageIn(transaction, principal, organisationId, conversationId);
    const found = and(
      eq(quickReplies.organisationId, organisationId),
      or(isNull(quickReplies.ownerId), eq(quickReplies.ownerId, userId)),
      ...containing(search),
    );
    const rows = await transaction
      .select()
      .from(quickReplies)
      .where(found)
      .orderBy(
        rank(asSearched(search ?? "").trim()),
        sql`${quickReplies.ownerId} NULLS LAST`,
        asc(quickReplies.key),
      )
      .limit(choicesLimit);
    const [all] = await transaction.select({ total: count() }).from(quickReplies).where(found);
    return { choices: rows.map(presentChoice), total: all?.total ?? 0, customerLanguage };
  });
}

/** What is called so comes before what is merely about it. */
function rank(wanted: string): SQL {
  const name = sql`lower(${quickReplies.name})`;
  return sql`CASE
    WHEN starts_with(${name}, ${wanted}) THEN 0
    WHEN position(${wanted} in ${name}) > 0 THEN 1
    WHEN position(${wanted} in ${quickReplies.key}) > 0 THEN 2
    ELSE 3 END`;
}

async function languageIn(
  transaction: Transaction,
  principal: Principal,
  organisationId: string,
  conversationId: string,
) {
  const conversation = await findConversation(transaction, organisationId, conversationId);
  requireAccess(principal, "conversation.read", conversation);
  const [customer] = await transaction
    .select({ language: customers.language })
    .from(customers)
    .where(and(eq(customers.organisationId, organisationId), eq(customers.id, conversation.customerId)));
  return customer?.language ?? null;
}
