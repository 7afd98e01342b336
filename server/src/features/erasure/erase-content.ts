import { and, between, eq, inArray, sql } from "drizzle-orm";
import { conversations, entries } from "../../foundation/schema/conversations.ts";
import { files } from "../../foundation/schema/media.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { forgetMessages } from "../history/forget.ts";
import type { Place } from "./clear-conversation.ts";

/** In one transaction: a conversation may have a hundred thousand. */
const entriesAtOnce = 1_000;
/** Or so many characters: each of them may be two rows of the search's index. */
const charactersAtOnce = 100_000;
const filesAtOnce = 200;

/**
 * Takes the content out of the rows of a conversation that has been cleared, a part in each transaction. Killed at any
 * line, it goes on where it was. False: there was nothing to do, or another node does it.
 */
export async function eraseContent(storage: Storage, place: Place): Promise<boolean> {
  let outcome = await eraseNext(storage, place);
  const done = outcome !== "nothing";
  while (outcome === "more") outcome = await eraseNext(storage, place);
  return done;
}

function eraseNext(
  storage: Storage,
  { organisationId, id }: Place,
): Promise<"nothing" | "more" | "finished"> {
  const own = and(eq(conversations.organisationId, organisationId), eq(conversations.id, id));
  return storage.inOrganisation(organisationId, async (transaction) => {
    const [held] = await transaction
      .select({ head: conversations.head, from: conversations.erasingFrom })
      .from(conversations)
      .where(own)
      .for("no key update", { skipLocked: true });
    if (!held || held.from === null) return "nothing";
    const range = { organisationId, conversationId: id, from: held.from, head: held.head };
    const to = await endOfStep(transaction, range);
    await eraseEntries(transaction, { organisationId, conversationId: id, from: held.from, to });
    const removed = await removeFiles(transaction, organisationId, id);
    const finished = to >= held.head && removed < filesAtOnce;
    await transaction
      .update(conversations)
      .set({ erasingFrom: finished ? null : to + 1 })
      .where(own);
    return finished ? "finished" : "more";
  });
}

/** The last of the entries that one transaction takes on: at least one. */
async function endOfStep(
  transaction: Transaction,
  { organisationId, conversationId, from, head }: Omit<Range, "to"> & { head: number },
): Promise<number> {
  const last = Math.min(from + entriesAtOnce - 1, head);
  const { rows } = await transaction.execute<{ to: number | null }>(sql`
    SELECT max(seq) AS to FROM (
      SELECT seq, sum(COALESCE(length(occurrence ->> 'text'), 0)) OVER (
        ORDER BY seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
      FROM entries
      WHERE organisation_id = ${organisationId} AND conversation_id = ${conversationId}
        AND seq BETWEEN ${from} AND ${last}
    ) sized
    WHERE COALESCE(before, 0) < ${charactersAtOnce}`);
  return rows[0]?.to ?? last;
}

type Range = { organisationId: string; conversationId: string; from: number; to: number };

/** Everything that is kept of what these entries say, wherever it stands: what is made of them goes here too. */
async function eraseEntries(
  transaction: Transaction,
  { organisationId, conversationId, from, to }: Range,
): Promise<void> {
  const messages = and(
    eq(entries.organisationId, organisationId),
    eq(entries.conversationId, conversationId),
    between(entries.seq, from, to),
    sql`${entries.occurrence} ->> 'kind' IN ('message', 'note')`,
  );
  const { seq, occurrence } = entries;
  const said = await transaction
    .select({ conversationId: entries.conversationId, seq, occurrence })
    .from(entries)
    .where(messages);
  await forgetMessages(transaction, organisationId, said);
  await transaction
    .update(entries)
    .set({
      occurrence: { kind: "erased" },
      deliveryReason: null,
      // What users are called stays: who served whom is the organisation's own.
      authorName: sql`CASE WHEN ${entries.authorKind} = 'customer' THEN NULL ELSE ${entries.authorName} END`,
    })
    .where(messages);
}

/** Their contents are loose then, unless another file has the same: `remove-leftovers.ts` takes them from the store. */
async function removeFiles(
  transaction: Transaction,
  organisationId: string,
  conversationId: string,
): Promise<number> {
  const some = transaction
    .select({ id: files.id })
    .from(files)
    .where(and(eq(files.organisationId, organisationId), eq(files.conversationId, conversationId)))
    .limit(filesAtOnce);
  const removed = await transaction
    .delete(files)
    .where(and(eq(files.organisationId, organisationId), inArray(files.id, some)))
    .returning({ id: files.id });
  return removed.length;
}
