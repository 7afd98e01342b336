import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { connectedSessions, sessions, users } from "../../foundation/schema/accounts.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";

/** How often a node notes the sessions that stay connected to it. */
export const notedEverySeconds = 5;
/** A session not noted for so long was on a node that is no more. */
export const forgottenAfterSeconds = 20;
/**
 * Who has just lost their last socket counts as there for so long: a reload and a change of networks are no absence,
 * and a node to which another tab of the session is connected notes it again before that.
 */
const graceSeconds = notedEverySeconds + 3;

/** Notes which sessions have a socket on this node, and which just lost their last one, in one statement. */
export async function noteConnected(
  storage: Storage,
  organisationIds: string[],
  present: string[],
  gone: string[],
): Promise<void> {
  const ageOfGone = forgottenAfterSeconds - graceSeconds;
  await storage.system("system_note_sessions", [organisationIds, present, gone, ageOfGone]);
}

const toSession = and(
  eq(sessions.organisationId, connectedSessions.organisationId),
  eq(sessions.id, connectedSessions.sessionId),
);
/** The session has not ended, and some node noted it a moment ago. */
const goesOn = and(
  gt(connectedSessions.notedAt, sql`now() - make_interval(secs => ${forgottenAfterSeconds})`),
  gt(sessions.expiresAt, sql`now()`),
);

export type PresentUser = { organisation_id: string; user_id: string; paused: boolean };

/** Everybody of these organisations who is connected, to whichever node, and whether they pause. */
export function readPresent(storage: Storage, organisationIds: string[]): Promise<PresentUser[]> {
  return storage.system<PresentUser>("system_present_users", [organisationIds, forgottenAfterSeconds]);
}

/** Tells whether a user has a console open on any node. A pause is no absence: the user goes on serving their chats. */
export async function isThere(
  transaction: Transaction,
  { organisationId, userId }: { organisationId: string; userId: string },
): Promise<boolean> {
  const [row] = await transaction
    .select({ id: sessions.id })
    .from(sessions)
    .innerJoin(connectedSessions, toSession)
    .where(and(eq(sessions.organisationId, organisationId), eq(sessions.userId, userId), goesOn))
    .limit(1);
  return row !== undefined;
}

/** Whether anybody of the team is there for customers: has the console open, on whichever node, and does not pause. */
export async function isStaffed(transaction: Transaction, organisationId: string): Promise<boolean> {
  const [row] = await transaction
    .select({ id: connectedSessions.sessionId })
    .from(connectedSessions)
    .innerJoin(sessions, toSession)
    .innerJoin(users, and(eq(users.organisationId, sessions.organisationId), eq(users.id, sessions.userId)))
    .where(and(eq(connectedSessions.organisationId, organisationId), goesOn, isNull(users.pausedAt)))
    .limit(1);
  return row !== undefined;
}

/** The users who are there for new chats now: with a console open, on whichever node, and not paused. */
export async function readPresentOf(transaction: Transaction, organisationId: string): Promise<Set<string>> {
  const rows = await transaction
    .selectDistinct({ userId: sessions.userId })
    .from(connectedSessions)
    .innerJoin(sessions, toSession)
    .innerJoin(users, and(eq(users.organisationId, sessions.organisationId), eq(users.id, sessions.userId)))
    .where(and(eq(connectedSessions.organisationId, organisationId), goesOn, isNull(users.pausedAt)));
  return new Set(rows.map(({ userId }) => userId));
}
