import { type SQL, sql } from "drizzle-orm";
import type { Key, User } from "./principal.ts";
import { type Queued, queueOf } from "./queue.ts";
import { holds } from "./roles.ts";

/**
 * Who of the team may see a conversation. Nothing else in the program knows: permissions ask `maySee`, statements of
 * the database use `visibleTo`, lists and socket rooms use `queuesOf`. A property test holds the three together.
 *
 * - A waiting chat is seen by whoever sees its queue.
 * - A claimed one is seen by its agent, a closed one by who served it last, and while somebody serves the same person
 *   by them too.
 * - Holders of `conversations.readAll` see every chat, but not the test that another user makes of their console. So do
 *   keys, as far as they hold a permission for chats at all.
 */
export type Seen = Queued & {
  status: "waiting" | "claimed" | "closed";
  claimedBy: string | null;
  /** Who serves an open chat of the same person: they may read what was said before. Asked of closed chats only. */
  servedNow?: readonly string[];
};

/** Tells whether a conversation is hidden from a user or a key whatever happens to it: of another organisation, or another's test. */
export function isForeign(by: User | Key, conversation: Queued): boolean {
  if (by.organisationId !== conversation.organisationId) return true;
  const queue = queueOf(conversation);
  return queue.kind === "test" && (by.kind === "key" || queue.userId !== by.userId);
}

/** Tells whether a user or a key sees what waits in the conversation's queue. */
export function seesQueue(by: User | Key, conversation: Queued): boolean {
  if (isForeign(by, conversation)) return false;
  return (
    by.kind === "key" || holds(by, "conversations.readAll") || queuesOf(by).includes(conversation.queueId)
  );
}

/** Tells whether a user or a key may see a conversation. */
export function maySee(by: User | Key, conversation: Seen): boolean {
  if (isForeign(by, conversation)) return false;
  if (by.kind === "key" || holds(by, "conversations.readAll")) return true;
  if (conversation.claimedBy === by.userId) return true;
  switch (conversation.status) {
    case "waiting":
      return seesQueue(by, conversation);
    case "claimed":
      return false;
    case "closed":
      return conversation.servedNow?.includes(by.userId) ?? false;
  }
}

/**
 * The ids of the queues that a user sees: everybody's, unless they have groups and the organisation keeps these apart;
 * their groups' (of some roles all); and their own test's.
 */
export function queuesOf({ userId, queues }: User): string[] {
  return [...queues, userId];
}

/** The condition that a row of `conversations`, under this alias, waits where a user sees it. */
export function waitsFor(user: User, alias: string): SQL {
  const column = (name: string) => sql`${sql.identifier(alias)}.${sql.identifier(name)}`;
  return sql`(${column("organisation_id")} = ${user.organisationId} AND ${column("status")} = 'waiting'
    AND ${column("queue_id")} = ANY (${sql.param(queuesOf(user))}::uuid[]))`;
}

/**
 * `maySee` as a condition on a row of `conversations` under this alias, but for old chats of persons whom the user
 * serves now. `served` says which customers these are, if the question is about them too.
 */
export function visibleTo(user: User, alias: string, served: readonly string[] = []): SQL {
  const column = (name: string) => sql`${sql.identifier(alias)}.${sql.identifier(name)}`;
  const ownTestOrNone = sql`(NOT ${column("is_test")} OR ${column("queue_id")} = ${user.userId})`;
  const inOrganisation = sql`${column("organisation_id")} = ${user.organisationId} AND ${ownTestOrNone}`;
  if (holds(user, "conversations.readAll")) return sql`(${inOrganisation})`;
  return sql`(${inOrganisation} AND (${column("claimed_by")} = ${user.userId} OR ${waitsFor(user, alias)}
    OR ${column("status")} = 'closed' AND ${column("customer_id")} = ANY (${sql.param([...served])}::uuid[])))`;
}
