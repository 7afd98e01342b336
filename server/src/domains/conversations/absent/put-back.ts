import type { PutBackRequest } from "@grata/contract/absent-chats";
import { and, eq, inArray, isNotNull, type SQL, sql } from "drizzle-orm";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { absences } from "../../../foundation/schema/accounts.ts";
import { conversations } from "../../../foundation/schema/conversations.ts";
import { organisations } from "../../../foundation/schema/organisations.ts";
import type { Storage, Transaction } from "../../../foundation/storage/storage.ts";
import { noteAudit } from "../../audit/note.ts";
import type { Change } from "../changes.ts";
import { type Author, authorOf } from "../entry.ts";
import { releaseChats } from "../release.ts";
import { holdAbsence } from "./hold-absence.ts";

type Agent = { organisationId: string; userId: string };
export type PutBack = { released: number; changes: Change[] };

const nothing: PutBack = { released: 0, changes: [] };
/** More at once would keep the lists locked for too long; what is left follows a second later. */
const mostAtOnce = 200;

/**
 * Puts the chats of an agent who has been gone for longer than their organisation allows back on the wait list, as far
 * as their customers wait for a reply. The others wait for nothing: their next word puts them back.
 */
export function putBackUnanswered(storage: Storage, agent: Agent): Promise<PutBack> {
  return storage.inOrganisation(agent.organisationId, async (transaction) => {
    const limit = sql`make_interval(secs => (
      SELECT ${organisations.absenceSeconds} FROM ${organisations}
      WHERE ${organisations.organisationId} = ${agent.organisationId}))`;
    const gone = await holdAbsence(transaction, agent, sql`${absences.since} <= now() - ${limit}`);
    if (!gone) return nothing;
    const which = and(
      isNotNull(conversations.unansweredSince),
      sql`${conversations.claimedAt} <= now() - ${limit}`,
    );
    return putBack(transaction, agent, which, { kind: "system", userId: null, name: gone.name });
  });
}

/** An admin puts chats of an agent who is gone back on the wait list: these, or all. Nothing if the agent is back. */
export function putBackByAdmin(storage: Storage, asker: Asker, input: PutBackRequest): Promise<PutBack> {
  const admin = requireUser(asker, "absentChats.manage");
  const agent = { organisationId: admin.organisationId, userId: input.userId };
  return storage.inOrganisation(agent.organisationId, async (transaction) => {
    const gone = await holdAbsence(transaction, agent);
    if (!gone) return nothing;
    const which = input.conversationIds && inArray(conversations.id, input.conversationIds);
    const done = await putBack(transaction, agent, which, authorOf(admin));
    if (done.released > 0) {
      const changes = { chats: { from: null, to: String(done.released) } };
      await noteAudit(transaction, agent.organisationId, admin, "chats.put_back", gone, changes);
    }
    return done;
  });
}

async function putBack(
  transaction: Transaction,
  agent: Agent,
  which: SQL | undefined,
  author: Author,
): Promise<PutBack> {
  // A test of the console ends with the session of its tester.
  const real = and(eq(conversations.isTest, false), which);
  const changes = await releaseChats(
    transaction,
    { ...agent, limit: mostAtOnce, ...(real && { which: real }) },
    author,
  );
  const released = changes.reduce(
    (sum, change) => sum + (change.kind === "current" ? change.removed.length : 0),
    0,
  );
  if (released > 0) {
    await transaction
      .update(absences)
      .set({ putBack: sql`${absences.putBack} + ${released}` })
      .where(and(eq(absences.organisationId, agent.organisationId), eq(absences.userId, agent.userId)));
  }
  return { released, changes };
}
