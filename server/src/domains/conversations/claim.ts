import type { CurrentConversation } from "@grata/contract/conversations";
import { and, asc, desc, eq, isNull, or, sql } from "drizzle-orm";
import type { Principal, User } from "../../foundation/access/principal.ts";
import { requireAccess } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Conversation } from "../../foundation/schema/conversations.ts";
import { conversations } from "../../foundation/schema/conversations.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { requireActive } from "../accounts/require-active.ts";
import type { Change } from "./changes.ts";
import { lockConversation } from "./find.ts";
import { advanceLists, currentList, listKey, waitingList } from "./list-versions.ts";
import { entriesChange, insertEntry, nextEntry } from "./log-entry.ts";
import { readOneCurrent } from "./read-current.ts";

type Claimed = { conversation: CurrentConversation; changes: Change[] };

/** Gives a waiting chat to the user who asks. Of several at once exactly one wins; the others get `conversation_claimed`. */
export function claim(
  storage: Storage,
  principal: Principal,
  input: { conversationId: string },
): Promise<Claimed> {
  requireAccess(principal, "conversation.claimNext", null);
  if (principal.kind !== "user") throw new Refusal("forbidden");
  return storage.inOrganisation(principal.organisationId, async (transaction) => {
    await requireActive(transaction, principal);
    const conversation = await lockConversation(transaction, principal.organisationId, input.conversationId);
    return take(transaction, principal, conversation);
  });
}

/** Gives the user the first of the wait list that nobody else is just taking. Throws `wait_list_empty`. */
export async function claimNext(
  storage: Storage,
  principal: Principal,
  input: { order: "longest" | "newest" },
): Promise<Claimed> {
  requireAccess(principal, "conversation.claimNext", null);
  if (principal.kind !== "user") throw new Refusal("forbidden");
  for (;;) {
    const first = await storage.inOrganisation(principal.organisationId, async (transaction) => {
      await requireActive(transaction, principal);
      const free = await selectFirst(transaction, principal, input.order).for("no key update", {
        skipLocked: true,
      });
      if (free[0]) return take(transaction, principal, free[0]);
      const [held] = await selectFirst(transaction, principal, input.order);
      if (!held) throw new Refusal("wait_list_empty");
      return held;
    });
    if ("conversation" in first) return first;
    const late = await claimHeld(storage, principal, first.id);
    if (late) return late;
  }
}

/** The first waiting chat as this statement sees it. */
function selectFirst(transaction: Transaction, user: User, order: "longest" | "newest") {
  const direction = order === "longest" ? asc : desc;
  return transaction
    .select()
    .from(conversations)
    .where(
      and(
        eq(conversations.organisationId, user.organisationId),
        eq(conversations.status, "waiting"),
        or(isNull(conversations.testerId), eq(conversations.testerId, user.userId)),
      ),
    )
    .orderBy(direction(conversations.waitingSince), direction(conversations.id))
    .limit(1);
}

/**
 * Every waiting chat is locked, perhaps only because its customer is just writing: waits for this one, and returns
 * null if it was a racing agent who had it. A transaction of its own, which never holds one chat while it waits for
 * another: a SELECT that waits its way down the list keeps what it passed locked, and agents stop each other dead.
 */
function claimHeld(storage: Storage, user: User, conversationId: string): Promise<Claimed | null> {
  return storage.inOrganisation(user.organisationId, async (transaction) => {
    await requireActive(transaction, user);
    const conversation = await lockConversation(transaction, user.organisationId, conversationId);
    return conversation.status === "waiting" ? take(transaction, user, conversation) : null;
  });
}

async function take(transaction: Transaction, user: User, waiting: Conversation): Promise<Claimed> {
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
  const entry = nextEntry(waiting, { kind: "claimed" }, { kind: "user", userId, name: user.name }, at);
  await insertEntry(transaction, waiting, entry);
  const conversation = await readOneCurrent(transaction, user, waiting.id);
  const list = currentList(userId);
  const isReal = waiting.testerId === null;
  const versions = await advanceLists(transaction, [
    ...(isReal ? [{ organisationId, list: waitingList, growth: -1 }] : []),
    { organisationId, list, growth: isReal ? 1 : 0 },
  ]);
  const wait = versions.get(listKey(organisationId, waitingList));
  const current = versions.get(listKey(organisationId, list));
  const left: Change = {
    kind: "waiting",
    organisationId,
    version: wait?.version ?? 0,
    total: wait?.size ?? 0,
    changed: [],
    removed: [waiting.id],
  };
  return {
    conversation,
    changes: [
      ...(isReal ? [left] : []),
      {
        kind: "current",
        organisationId,
        userId,
        version: current?.version ?? 0,
        changed: [conversation],
        removed: [],
      },
      entriesChange({ ...waiting, claimedBy: userId }, [entry]),
    ],
  };
}
