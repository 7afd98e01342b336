import type { RequestInput } from "@grata/contract/realtime";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Principal, User } from "../../foundation/access/principal.ts";
import { requireAccess, requireUser } from "../../foundation/access/require-access.ts";
import { users } from "../../foundation/schema/accounts.ts";
import { type Conversation, conversations, entries } from "../../foundation/schema/conversations.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { requireActive } from "../accounts/require-active.ts";
import type { Change } from "./changes.ts";
import { authorOf, type Entry } from "./entry.ts";
import { lockConversation } from "./find.ts";
import { entriesChange, insertEntry, nextEntry } from "./log-entry.ts";
import { entryFrom } from "./read-entries.ts";

type Added = { entry: Entry; changes: Change[] };

/**
 * Writes a note for the team into an open chat that the user sees. It is no answer: the customer waits as before. The
 * same client id again returns the first note. Of those whom it mentions, active colleagues are told.
 */
export function addNote(
  storage: Storage,
  principal: Principal,
  { conversationId, clientId, text, mentions }: RequestInput<"note.add">,
): Promise<Added> {
  const user = requireUser(principal, "current.list");
  const { organisationId } = user;
  return storage.inOrganisation(organisationId, async (transaction) => {
    await requireActive(transaction, user);
    const conversation = await lockConversation(transaction, organisationId, conversationId);
    const stored = await findStored(transaction, user, conversation, clientId);
    if (stored) return { entry: stored, changes: [] };
    requireAccess(user, "note.write", conversation);
    const mentioned = await findMentioned(transaction, user, mentions);
    const [moved] = await transaction
      .update(conversations)
      .set({ head: conversation.head + 1 })
      .where(and(eq(conversations.organisationId, organisationId), eq(conversations.id, conversationId)))
      .returning({ at: sql<Date>`statement_timestamp()`.mapWith(conversations.openedAt) });
    const occurrence = { kind: "note", text, mentions: mentioned } as const;
    const next = nextEntry(conversation, occurrence, authorOf(user), moved?.at ?? new Date());
    const entry: Entry = { ...next, audience: "team", clientId };
    await insertEntry(transaction, conversation, entry);
    const userIds = mentioned.filter((id) => id !== user.userId);
    const told: Change[] =
      userIds.length > 0 ? [{ kind: "mentioned", userIds, conversationId, by: user.name, text }] : [];
    return { entry, changes: [tellTeam(conversation, entry), ...told] };
  });
}

/** The user's own entry with this client id, to whoever may still see the chat. */
async function findStored(
  transaction: Transaction,
  user: User,
  { organisationId, id }: Conversation,
  clientId: string,
): Promise<Entry | undefined> {
  const [row] = await transaction
    .select()
    .from(entries)
    .where(
      and(
        eq(entries.organisationId, organisationId),
        eq(entries.conversationId, id),
        eq(entries.clientId, clientId),
        eq(entries.userId, user.userId),
      ),
    );
  return row && entryFrom(row);
}

async function findMentioned(
  transaction: Transaction,
  { organisationId }: User,
  mentions: readonly string[],
): Promise<string[]> {
  if (mentions.length === 0) return [];
  const rows = await transaction
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        eq(users.organisationId, organisationId),
        eq(users.status, "active"),
        inArray(users.id, [...mentions]),
      ),
    );
  return rows.map(({ id }) => id);
}

/** The serving agent hears of it, or whoever sees the queue. */
function tellTeam(conversation: Conversation, entry: Entry): Change {
  const { claimedBy, queueId } = conversation;
  return entriesChange(conversation, [entry], claimedBy === null ? { queueId } : { userId: claimedBy });
}
