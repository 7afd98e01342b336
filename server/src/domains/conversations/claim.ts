import { and, eq, sql } from "drizzle-orm";
import type { Principal, User } from "../../foundation/access/principal.ts";
import { requireAccess, requireUser } from "../../foundation/access/require-access.ts";
import { queuesOf } from "../../foundation/access/visibility.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Conversation } from "../../foundation/schema/conversations.ts";
import { conversations } from "../../foundation/schema/conversations.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { requireActive } from "../accounts/require-active.ts";
import type { Change } from "./changes.ts";
import { authorOf } from "./entry.ts";
import { lockConversation } from "./find.ts";
import { currentLine, moveLines } from "./lists/move.ts";
import { entriesChange, insertEntry, nextEntry } from "./log-entry.ts";
import type { CurrentLine } from "./present.ts";
import { type CapabilitiesOf, claimBy } from "./seen-as.ts";

type Claimed = { conversation: CurrentLine; changes: Change[] };

/** Gives a waiting chat to the user who asks. Of several at once exactly one wins; the others get `conversation_claimed`. */
export function claim(
  storage: Storage,
  principal: Principal,
  input: { conversationId: string },
  capabilitiesOf: CapabilitiesOf,
): Promise<Claimed> {
  const user = requireUser(principal, "conversation.claimNext");
  return storage.inOrganisation(user.organisationId, async (transaction) => {
    await requireActive(transaction, user);
    const conversation = await lockConversation(transaction, user.organisationId, input.conversationId);
    return take(transaction, user, conversation, capabilitiesOf);
  });
}

/** Gives the user the first of the wait list that nobody else is just taking. Throws `wait_list_empty`. */
export async function claimNext(
  storage: Storage,
  principal: Principal,
  input: { order: "longest" | "newest" },
  capabilitiesOf: CapabilitiesOf,
): Promise<Claimed> {
  const user = requireUser(principal, "conversation.claimNext");
  for (;;) {
    const first = await storage.inOrganisation(user.organisationId, async (transaction) => {
      await requireActive(transaction, user);
      const { order } = input;
      const free = await findFirst(transaction, user, { order, locking: true });
      if (free !== undefined) {
        const conversation = await lockConversation(transaction, user.organisationId, free);
        return take(transaction, user, conversation, capabilitiesOf);
      }
      const held = await findFirst(transaction, user, { order, locking: false });
      if (held === undefined) throw new Refusal("wait_list_empty");
      return { id: held };
    });
    if ("conversation" in first) return first;
    const late = await claimHeld(storage, user, first.id, capabilitiesOf);
    if (late) return late;
  }
}

/**
 * The id of the first waiting chat of the user's queues as this statement sees it. `locking` takes the first of each
 * queue that nobody holds, by the index, and of these the first: the others stay locked until the commit, a moment later.
 */
async function findFirst(
  transaction: Transaction,
  user: User,
  { order, locking }: { order: "longest" | "newest"; locking: boolean },
): Promise<string | undefined> {
  const direction = sql.raw(order === "longest" ? "ASC" : "DESC");
  const { rows } = await transaction.execute<{ id: string }>(sql`
    SELECT first.id FROM unnest(${sql.param(queuesOf(user))}::uuid[]) AS queue (id)
    CROSS JOIN LATERAL (
      SELECT c.id, c.waiting_since FROM conversations c
      WHERE c.organisation_id = ${user.organisationId} AND c.queue_id = queue.id AND c.status = 'waiting'
      ORDER BY c.waiting_since ${direction}, c.id ${direction} LIMIT 1
      ${sql.raw(locking ? "FOR NO KEY UPDATE SKIP LOCKED" : "")}
    ) first
    ORDER BY first.waiting_since ${direction}, first.id ${direction} LIMIT 1`);
  return rows[0]?.id;
}

/**
 * Every waiting chat is locked, perhaps only because its customer is just writing: waits for this one, and returns
 * null if it was a racing agent who had it. A transaction of its own, which never holds one chat while it waits for
 * another: a SELECT that waits its way down the list keeps what it passed locked, and agents stop each other dead.
 */
function claimHeld(
  storage: Storage,
  user: User,
  conversationId: string,
  capabilitiesOf: CapabilitiesOf,
): Promise<Claimed | null> {
  return storage.inOrganisation(user.organisationId, async (transaction) => {
    await requireActive(transaction, user);
    const conversation = await lockConversation(transaction, user.organisationId, conversationId);
    return conversation.status === "waiting" ? take(transaction, user, conversation, capabilitiesOf) : null;
  });
}

async function take(
  transaction: Transaction,
  user: User,
  waiting: Conversation,
  capabilitiesOf: CapabilitiesOf,
): Promise<Claimed> {
  requireAccess(user, "conversation.claim", waiting);
  const { organisationId, userId } = user;
  const [{ at } = { at: new Date() }] = await transaction
    .update(conversations)
    .set({
      status: "claimed",
      claimedBy: userId,
      claimedAt: sql`statement_timestamp()`,
      head: waiting.head + 1,
    })
    .where(and(eq(conversations.organisationId, organisationId), eq(conversations.id, waiting.id)))
    .returning({ at: sql<Date>`statement_timestamp()`.mapWith(conversations.claimedAt) });
  const occurrence = await claimBy(transaction, user, waiting, capabilitiesOf);
  const entry = nextEntry(waiting, occurrence, authorOf(user), at);
  await insertEntry(transaction, waiting, entry);
  const claimed = { ...waiting, status: "claimed", claimedBy: userId } as const;
  const changes = await moveLines(transaction, organisationId, [{ before: waiting, after: claimed }]);
  return {
    conversation: currentLine(changes, waiting.id),
    changes: [...changes, entriesChange(claimed, [entry])],
  };
}
