import { and, eq, sql } from "drizzle-orm";
import type { Principal, User } from "../../foundation/access/principal.ts";
import { requireAccess, requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { type Conversation, conversations, entries } from "../../foundation/schema/conversations.ts";
import { violatedConstraint } from "../../foundation/storage/database-errors.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { requireActive } from "../accounts/require-active.ts";
import { holdsUnerased } from "../customers/note-contact.ts";
import type { Change } from "./changes.ts";
import { authorOf } from "./entry.ts";
import { findConversation, lockConversation } from "./find.ts";
import { currentLine, moveLines } from "./lists/move.ts";
import { readOneCurrent } from "./lists/read-current.ts";
import { entriesChange, insertEntry, nextEntry } from "./log-entry.ts";
import type { CurrentLine } from "./present.ts";
import { holdsRunningTest } from "./require-running-test.ts";
import { type CapabilitiesOf, claimBy } from "./seen-as.ts";

/**
 * A chat may be reopened for so long after its closing. The console offers it for ten seconds, which stand still while
 * somebody is on the offer; the rest is for slow hands and slow networks.
 */
const windowSeconds = 60;

type Reopened = { conversation: CurrentLine; changes: Change[] };

/**
 * Takes back the user's own closing: the same chat goes on where it was in their list. Its log says that they claimed
 * it again, in an entry that every client knows. Where the chat is open again already, nothing changes. Throws
 * `reopening_too_late`, `customer_wrote_again`, `customer_erased`.
 */
export async function reopen(
  storage: Storage,
  principal: Principal,
  { conversationId }: { conversationId: string },
  capabilitiesOf: CapabilitiesOf,
): Promise<Reopened> {
  const user = requireUser(principal, "current.list");
  try {
    return await storage.inOrganisation(user.organisationId, async (transaction) => {
      await requireActive(transaction, user);
      const found = await findConversation(transaction, user.organisationId, conversationId);
      requireAccess(user, "conversation.reopen", found);
      await holdCustomerOf(transaction, found);
      const closed = await lockConversation(transaction, user.organisationId, conversationId);
      requireAccess(user, "conversation.reopen", closed);
      return closed.status === "closed"
        ? await takeAgain(transaction, user, closed, capabilitiesOf)
        : { conversation: await readOneCurrent(transaction, user, closed.id), changes: [] };
    });
  } catch (error) {
    // The customer's new chat was stored between our look and our write.
    throw violatedConstraint(error) === "conversations_open" ? new Refusal("customer_wrote_again") : error;
  }
}

/** Against whoever erases the customer, or ends the test whose chat it is, at this moment. */
async function holdCustomerOf(transaction: Transaction, conversation: Conversation): Promise<void> {
  if (!(await holdsUnerased(transaction, conversation))) throw new Refusal("customer_erased");
  if (conversation.isTest && !(await holdsRunningTest(transaction, conversation)))
    throw new Refusal("reopening_too_late");
}

async function takeAgain(
  transaction: Transaction,
  user: User,
  closed: Conversation,
  capabilitiesOf: CapabilitiesOf,
): Promise<Reopened> {
  const { organisationId } = user;
  const { own, newer } = await lookBack(transaction, user, closed);
  if (!own || closed.erasedAt !== null) throw new Refusal("reopening_too_late");
  if (newer) throw new Refusal("customer_wrote_again");
  const [{ at } = { at: new Date() }] = await transaction
    .update(conversations)
    .set({
      status: "claimed",
      closedAt: null,
      head: closed.head + 1,
      unansweredSince: unansweredSince(closed),
    })
    .where(and(eq(conversations.organisationId, organisationId), eq(conversations.id, closed.id)))
    .returning({ at: sql<Date>`statement_timestamp()`.mapWith(conversations.claimedAt) });
  const occurrence = await claimBy(transaction, user, closed, capabilitiesOf);
  const entry = nextEntry(closed, occurrence, authorOf(user), at);
  await insertEntry(transaction, closed, entry);
  const after = { ...closed, status: "claimed" } as const;
  const changes = await moveLines(transaction, organisationId, [{ before: closed, after }]);
  return {
    conversation: currentLine(changes, closed.id),
    changes: [...changes, entriesChange(closed, [entry])],
  };
}

/** Tells whether the last thing that happened is that this user closed the chat, just now; and whether a newer one began. */
async function lookBack(
  transaction: Transaction,
  { organisationId, userId }: User,
  { id, head, customerId }: Conversation,
): Promise<{ own: boolean; newer: boolean }> {
  const { rows } = await transaction.execute<{ own: boolean; newer: boolean }>(sql`
    SELECT
      EXISTS (
        SELECT FROM ${entries}
        WHERE organisation_id = ${organisationId} AND conversation_id = ${id} AND seq = ${head}
          AND occurrence ->> 'kind' = 'closed' AND user_id = ${userId}
          AND at > statement_timestamp() - make_interval(secs => ${windowSeconds})) AS own,
      EXISTS (
        SELECT FROM ${conversations} this
        JOIN ${conversations} other USING (organisation_id, customer_id)
        WHERE organisation_id = ${organisationId} AND customer_id = ${customerId} AND this.id = ${id}
          AND other.opened_at > this.opened_at) AS newer`);
  return rows[0] ?? { own: false, newer: false };
}

/** Reads from the log since when the customer had waited for a reply: closing the chat forgets it. */
function unansweredSince({ organisationId, id }: Conversation) {
  const ofChat = sql`organisation_id = ${organisationId} AND conversation_id = ${id} AND occurrence ->> 'kind' = 'message'`;
  return sql<Date | null>`(
    SELECT min(at) FROM ${entries}
    WHERE ${ofChat} AND author_kind = 'customer' AND seq > COALESCE(
      (SELECT seq FROM ${entries} WHERE ${ofChat} AND author_kind = 'user' ORDER BY seq DESC LIMIT 1), 0))`;
}
