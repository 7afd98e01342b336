import { and, eq, type SQL, sql } from "drizzle-orm";
import type { ConversationSubject } from "../../foundation/access/permissions.ts";
import type { User } from "../../foundation/access/principal.ts";
import { reasonAgainst } from "../../foundation/access/require-access.ts";
import { holds } from "../../foundation/access/roles.ts";
import { waitsFor } from "../../foundation/access/visibility.ts";
import { conversations } from "../../foundation/schema/conversations.ts";
import { participants } from "../../foundation/schema/history.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import { facets } from "./facets.ts";

/** Whose old chats somebody may read besides their own, because they serve them now. */
export type Sight = {
  user: User;
  /** Everybody who was found to be a person whom the user serves. */
  served: ReadonlySet<string>;
};

/** More wait at once nowhere; each costs a look into the index. */
const mostWaiting = 1_000;

export async function readSight(transaction: Transaction, user: User): Promise<Sight> {
  if (holds(user, "conversations.readAll")) return { user, served: new Set() };
  const { rows } = await transaction.execute<{ id: string }>(sql`
    WITH survivor AS MATERIALIZED (
      SELECT DISTINCT COALESCE(c.merged_into, c.id) AS id FROM conversations k
      JOIN customers c ON (c.organisation_id, c.id) = (k.organisation_id, k.customer_id)
      WHERE k.organisation_id = ${user.organisationId} AND k.claimed_by = ${user.userId} AND k.status = 'claimed'
        AND NOT k.is_test)
    SELECT id FROM survivor
    UNION ALL
    SELECT member.id FROM survivor
    JOIN customers member ON member.organisation_id = ${user.organisationId} AND member.merged_into = survivor.id`);
  return { user, served: new Set(rows.map(({ id }) => id)) };
}

/** The rule `conversation.read`, asked of a line of a list. */
export function maySee({ user, served }: Sight, conversation: ConversationSubject): boolean {
  const servedNow = served.has(conversation.customerId) ? [user.userId] : [];
  return reasonAgainst(user, "conversation.read", { ...conversation, servedNow }) === null;
}

/** The chats among which are all that somebody may read; undefined: any. `maySee` has the last word. */
export function withinSight({ user, served }: Sight): SQL | undefined {
  if (holds(user, "conversations.readAll")) return undefined;
  const { organisationId, userId } = user;
  return sql`${conversations.id} IN (
    SELECT ${participants.conversationId} FROM ${participants}
    WHERE ${and(eq(participants.organisationId, organisationId), eq(participants.userId, userId))}
    UNION ALL
    SELECT open.id FROM conversations open
    WHERE ${waitsFor(user, "open")}
    UNION ALL
    SELECT mine.id FROM conversations mine
    WHERE mine.organisation_id = ${organisationId} AND mine.status = 'claimed' AND mine.claimed_by = ${userId}
    UNION ALL
    SELECT old.id FROM conversations old
    WHERE old.organisation_id = ${organisationId} AND old.customer_id = ANY (${sql.param([...served])}::uuid[]))`;
}

/** The same for messages, as terms of the index of which each has one; undefined: any. */
export async function termsInSight(
  transaction: Transaction,
  { user, served }: Sight,
): Promise<string[] | undefined> {
  if (holds(user, "conversations.readAll")) return undefined;
  // The newest first: of more than these the oldest are found once they are served.
  const { rows } = await transaction.execute<{ id: string }>(sql`
    SELECT c.customer_id AS id FROM conversations c
    WHERE ${waitsFor(user, "c")} AND NOT c.is_test ORDER BY c.waiting_since DESC LIMIT ${mostWaiting}`);
  const known = new Set([...served, ...rows.map(({ id }) => id)]);
  return [facets.user(user.userId), ...Array.from(known, facets.customer)];
}
