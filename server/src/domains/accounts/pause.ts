import { and, eq, sql } from "drizzle-orm";
import type { Principal } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { absences, users } from "../../foundation/schema/accounts.ts";
import type { Storage } from "../../foundation/storage/storage.ts";

type Pause = { paused: boolean };
type OwnPresence = Pause & { putBack?: number };

/** Returns whether the user pauses, and how many of their chats went back during an absence that they have not read of. */
export function readOwnPresence(storage: Storage, principal: Principal): Promise<OwnPresence> {
  const { organisationId, userId } = requireUser(principal, "presence.read");
  return storage.inOrganisation(organisationId, async (transaction) => {
    const [row] = await transaction
      .select({ pausedAt: users.pausedAt, putBack: absences.putBack })
      .from(users)
      .leftJoin(
        absences,
        and(eq(absences.organisationId, users.organisationId), eq(absences.userId, users.id)),
      )
      .where(and(eq(users.organisationId, organisationId), eq(users.id, userId)));
    const { pausedAt = null, putBack } = row ?? {};
    return { paused: pausedAt !== null, ...(putBack && { putBack }) };
  });
}

/** The user has read how many of their chats went back. */
export async function notePutBackRead(storage: Storage, principal: Principal): Promise<void> {
  const { organisationId, userId } = requireUser(principal, "presence.change");
  await storage.inOrganisation(organisationId, (transaction) =>
    transaction
      .update(absences)
      .set({ putBack: 0 })
      .where(and(eq(absences.organisationId, organisationId), eq(absences.userId, userId))),
  );
}

/**
 * Begins or ends the user's pause: whoever pauses is not called and does not count as there for customers, wherever
 * they are signed in, until they end it. Their own chats go on.
 */
export async function changePause(storage: Storage, principal: Principal, { paused }: Pause): Promise<Pause> {
  const { organisationId, userId } = requireUser(principal, "presence.change");
  await storage.inOrganisation(organisationId, (transaction) =>
    transaction
      .update(users)
      .set({ pausedAt: paused ? sql`COALESCE(${users.pausedAt}, now())` : null })
      .where(and(eq(users.organisationId, organisationId), eq(users.id, userId))),
  );
  return { paused };
}
