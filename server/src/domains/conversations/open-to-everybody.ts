import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { conversations } from "../../foundation/schema/conversations.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import type { Change } from "./changes.ts";
import type { Entry } from "./entry.ts";
import { moveLines } from "./lists/move.ts";
import { entriesChange, insertEntries, nextEntry } from "./log-entry.ts";

/** More at once would keep the lists locked for too long; what is left follows a second later. */
const mostAtOnce = 200;

/** How often chats are looked for that open to everybody. */
export const openingMilliseconds = 2_000;

/** The chats that wait in a group's queue: all, or those that `which` picks. */
type Waiting = { organisationId: string; queueId: string; which?: SQL };

/**
 * Opens chats that wait for a group to everybody, the longest waiting first, and writes into each log why. They keep
 * their place in time. The last statements of the transaction: the lists stay locked.
 */
export async function openToEverybody(
  transaction: Transaction,
  { organisationId, queueId, which }: Waiting,
  why: "overflow" | "group_deleted",
): Promise<Change[]> {
  const inOrganisation = eq(conversations.organisationId, organisationId);
  const first = transaction
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        inOrganisation,
        eq(conversations.queueId, queueId),
        eq(conversations.status, "waiting"),
        eq(conversations.isTest, false),
        which,
      ),
    )
    .orderBy(asc(conversations.waitingSince), asc(conversations.id))
    .limit(mostAtOnce);
  // Locks are taken in the order of ids; whatever was claimed meanwhile waits no more.
  const held = await transaction
    .select()
    .from(conversations)
    .where(
      and(
        inOrganisation,
        inArray(conversations.id, first),
        eq(conversations.queueId, queueId),
        eq(conversations.status, "waiting"),
      ),
    )
    .orderBy(asc(conversations.id))
    .for("no key update");
  if (held.length === 0) return [];
  const ids = held.map(({ id }) => id);
  const [moved] = await transaction
    .update(conversations)
    .set({ queueId: organisationId, head: sql`${conversations.head} + 1` })
    .where(and(inOrganisation, inArray(conversations.id, ids)))
    .returning({ at: sql<Date>`statement_timestamp()`.mapWith(conversations.openedAt) });
  const system = { kind: "system", userId: null, name: null } as const;
  const rows = held.map((before) => {
    const next = nextEntry(before, { kind: "moved", why }, system, moved?.at ?? new Date());
    return { conversation: before, entry: { ...next, audience: "team" } satisfies Entry };
  });
  await insertEntries(transaction, rows);
  const changes = await moveLines(
    transaction,
    organisationId,
    held.map((before) => ({ before, after: { ...before, queueId: organisationId } })),
  );
  const hearers = { queueId: organisationId };
  return [
    ...changes,
    ...rows.map(({ conversation, entry }) => entriesChange(conversation, [entry], hearers)),
  ];
}

type Misplaced = { organisation_id: string; queue_id: string; overflow_minutes: number | null };

/**
 * Opens to everybody what has waited for its group for longer than the organisation allows, and what waits for a group
 * that was deleted. Called again and again, on each node; killed at any line, the next call goes on.
 */
export async function openMisplaced(storage: Storage, publish: (changes: Change[]) => void): Promise<void> {
  const misplaced = await storage.system<Misplaced>("system_misplaced_chats", []);
  for (const { organisation_id: organisationId, queue_id: queueId, overflow_minutes: minutes } of misplaced) {
    const changes = await storage.inOrganisation(organisationId, (transaction) =>
      minutes === null
        ? openToEverybody(transaction, { organisationId, queueId }, "group_deleted")
        : openToEverybody(transaction, { organisationId, queueId, which: waitedFor(minutes) }, "overflow"),
    );
    publish(changes);
  }
}

const waitedFor = (minutes: number) =>
  sql`${conversations.waitingSince} <= now() - make_interval(mins => ${minutes})`;
