import { type HistoryPage, historyPageLength, type historyQuery } from "@grata/contract/history";
import { and, desc, gte, lt, type SQL } from "drizzle-orm";
import type * as z from "zod/mini";
import { toChannel, toCustomer, toServingUser } from "../../domains/conversations/joins.ts";
import { survivors, toSurvivor } from "../../domains/customers/shown.ts";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { users } from "../../foundation/schema/accounts.ts";
import { channels } from "../../foundation/schema/channels.ts";
import { conversations } from "../../foundation/schema/conversations.ts";
import { customers } from "../../foundation/schema/customers.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { narrow, ofConversation } from "./filters.ts";
import { presentConversation } from "./present.ts";
import { maySee, readSight, withinSight } from "./visible.ts";

/** The chats that the asker may read, newest first. */
export function listHistory(
  storage: Storage,
  asker: Asker,
  { cursor, ...filters }: z.output<typeof historyQuery>,
): Promise<HistoryPage> {
  const user = requireUser(asker, "history.read");
  const { organisationId } = user;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const narrowed = await narrow(transaction, organisationId, filters);
    const sight = await readSight(transaction, user);
    const { from, to } = narrowed;
    const rows = await selectConversations(
      transaction,
      and(
        ofConversation(narrowed),
        withinSight(sight),
        from === undefined ? undefined : gte(conversations.openedAt, new Date(from)),
        to === undefined ? undefined : lt(conversations.openedAt, new Date(to)),
        // The ids are time-ordered.
        cursor === undefined ? undefined : lt(conversations.id, cursor),
      ),
      historyPageLength + 1,
    );
    const page = rows.slice(0, historyPageLength);
    const last = rows.length > page.length ? page.at(-1) : undefined;
    return {
      conversations: page.filter(({ conversation }) => maySee(sight, conversation)).map(presentConversation),
      next: last?.conversation.id ?? null,
    };
  });
}

/** Chats with all that a line of history shows of them, newest first. */
export function selectConversations(transaction: Transaction, condition: SQL | undefined, limit: number) {
  return transaction
    .select({
      conversation: conversations,
      customer: customers,
      survivor: survivors,
      channel: channels,
      servedBy: users.name,
    })
    .from(conversations)
    .innerJoin(customers, toCustomer)
    .leftJoin(survivors, toSurvivor)
    .innerJoin(channels, toChannel)
    .leftJoin(users, toServingUser)
    .where(condition)
    .orderBy(desc(conversations.id))
    .limit(limit);
}
