import type { UserSession } from "@grata/contract/team";
import { and, desc, eq, gt, ne, sql } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { sessions } from "../../foundation/schema/accounts.ts";
import { organisations } from "../../foundation/schema/organisations.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { type EndedSession, endSessions } from "./end-sessions.ts";

/** The sessions of a user that go on, newest first. `current` is the one that asks, if it is theirs. */
export async function readSessions(
  transaction: Transaction,
  user: { organisationId: string; userId: string },
  current: string | null,
): Promise<UserSession[]> {
  const rows = await transaction
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.organisationId, user.organisationId),
        eq(sessions.userId, user.userId),
        gt(sessions.expiresAt, sql`now()`),
        gt(sessions.lastSeenAt, sql`now() - interval '24 hours'`),
      ),
    )
    .orderBy(desc(sessions.createdAt));
  return rows.map((row) => presentSession(row, current));
}

function presentSession(session: typeof sessions.$inferSelect, current: string | null): UserSession {
  return {
    id: session.id,
    device: session.device,
    userAgent: session.userAgent,
    address: session.address,
    createdAt: session.createdAt.getTime(),
    lastSeenAt: session.lastSeenAt.getTime(),
    current: session.id === current,
  };
}

export function listOwnSessions(storage: Storage, asker: Asker): Promise<UserSession[]> {
  const user = requireUser(asker, "sessions.manage");
  return storage.inOrganisation(user.organisationId, (transaction) =>
    readSessions(transaction, user, user.sessionId),
  );
}

/** Ends one of one's own sessions. Somebody else's does not exist. */
export async function endOwnSession(
  storage: Storage,
  asker: Asker,
  sessionId: string,
): Promise<EndedSession[]> {
  const user = requireUser(asker, "sessions.manage");
  const ended = await storage.inOrganisation(user.organisationId, (transaction) =>
    endSessions(transaction, user, "signed_out", eq(sessions.id, sessionId)),
  );
  if (ended.length === 0) throw new Refusal("session_unknown");
  return ended;
}

/** Ends all of one's own sessions but the one that asks. */
export function endOtherSessions(storage: Storage, asker: Asker): Promise<EndedSession[]> {
  const user = requireUser(asker, "sessions.manage");
  return storage.inOrganisation(user.organisationId, (transaction) =>
    endSessions(transaction, user, "signed_out", ne(sessions.id, user.sessionId)),
  );
}

/** Notes that the user has just done something; returns until when that keeps the session, null: for good. */
export async function noteActivity(storage: Storage, asker: Asker): Promise<number | null> {
  const { organisationId, sessionId } = requireUser(asker, "sessions.manage");
  const [row] = await storage.inOrganisation(organisationId, (transaction) =>
    transaction
      .update(sessions)
      .set({ activeAt: sql`now()` })
      .from(organisations)
      .where(
        and(
          eq(sessions.organisationId, organisationId),
          eq(sessions.id, sessionId),
          eq(organisations.organisationId, sessions.organisationId),
        ),
      )
      .returning({ at: sessions.activeAt, minutes: organisations.inactivityMinutes }),
  );
  return row?.minutes ? row.at.getTime() + row.minutes * 60_000 : null;
}
