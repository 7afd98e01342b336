import { and, asc, eq, sql } from "drizzle-orm";
import type { Transaction } from "../storage/storage.ts";
import type { Change } from "./changes.ts";
import type { Entry } from "./entry.ts";
import { advanceLists, currentList, listKey, waitingList } from "./list-versions.ts";
import { entriesChange, insertEntry, nextEntry } from "./log-entry.ts";
import { readWaiting } from "./read-waiting.ts";
import { conversations } from "./tables.ts";

/**
 * Puts the chats that a user serves back on the wait list, in the transaction that shuts the user out. They have waited
 * since the customer's first word without a reply. The last statements of that transaction: the lists stay locked.
 */
export async function releaseChats(
  transaction: Transaction,
  { organisationId, userId }: { organisationId: string; userId: string },
  by: { userId: string; name: string },
): Promise<Change[]> {
  const open = await transaction
    .select()
    .from(conversations)
    .where(
      and(
        eq(conversations.organisationId, organisationId),
        eq(conversations.claimedBy, userId),
        eq(conversations.status, "claimed"),
      ),
    )
    .orderBy(asc(conversations.id))
    .for("no key update");
  if (open.length === 0) return [];
  const told: Change[] = [];
  for (const conversation of open) {
    const [{ at } = { at: new Date() }] = await transaction
      .update(conversations)
      .set({
        status: "waiting",
        claimedBy: null,
        claimedAt: null,
        waitingSince: sql`COALESCE(${conversations.unansweredSince}, statement_timestamp())`,
        head: conversation.head + 1,
      })
      .where(and(eq(conversations.organisationId, organisationId), eq(conversations.id, conversation.id)))
      .returning({ at: sql<Date>`statement_timestamp()`.mapWith(conversations.waitingSince) });
    const author = { kind: "user", userId: by.userId, name: by.name } as const;
    const entry: Entry = { ...nextEntry(conversation, { kind: "released" }, author, at), audience: "team" };
    await insertEntry(transaction, conversation, entry);
    told.push(entriesChange({ ...conversation, claimedBy: null }, [entry]));
  }
  const ids = open.map(({ id }) => id);
  const changed = [...(await readWaiting(transaction, ids)).values()];
  const list = currentList(userId);
  const versions = await advanceLists(transaction, [
    { organisationId, list: waitingList, growth: ids.length },
    { organisationId, list, growth: -ids.length },
  ]);
  const waiting = versions.get(listKey(organisationId, waitingList));
  const current = versions.get(listKey(organisationId, list))?.version ?? 0;
  return [
    {
      kind: "waiting",
      organisationId,
      version: waiting?.version ?? 0,
      total: waiting?.size ?? 0,
      changed,
      removed: [],
    },
    { kind: "current", organisationId, userId, version: current, changed: [], removed: ids },
    ...told,
  ];
}
