import type { EndReason } from "@grata/contract/realtime";
import { and, eq, gt, inArray, type SQL, sql } from "drizzle-orm";
import { sessions } from "../../foundation/schema/accounts.ts";
import { pushSubscriptions } from "../../foundation/schema/pushes.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";

/** A session that ended, for whoever tells its sockets once that is committed. */
export type EndedSession = { sessionId: string; reason: EndReason };

/** Ends a user's sessions, all or those that `which` picks. They stay for a day, so that every node can say why; their pop-ups do not. */
export async function endSessions(
  transaction: Transaction,
  user: { organisationId: string; userId: string },
  reason: EndReason,
  which?: SQL,
): Promise<EndedSession[]> {
  const ended = await transaction
    .update(sessions)
    .set({ expiresAt: sql`now()`, endReason: reason })
    .where(
      and(
        eq(sessions.organisationId, user.organisationId),
        eq(sessions.userId, user.userId),
        gt(sessions.expiresAt, sql`now()`),
        which,
      ),
    )
    .returning({ sessionId: sessions.id });
  const sessionIds = ended.map(({ sessionId }) => sessionId);
  if (sessionIds.length > 0) {
    await transaction
      .delete(pushSubscriptions)
      .where(
        and(
          eq(pushSubscriptions.organisationId, user.organisationId),
          inArray(pushSubscriptions.sessionId, sessionIds),
        ),
      );
  }
  return sessionIds.map((sessionId) => ({ sessionId, reason }));
}
