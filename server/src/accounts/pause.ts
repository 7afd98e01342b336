import { and, eq, sql } from "drizzle-orm";
import type { Principal } from "../access/principal.ts";
import { requireAccess } from "../access/require-access.ts";
import { Refusal } from "../refusal.ts";
import type { Storage } from "../storage/storage.ts";
import { users } from "./tables.ts";

type Pause = { paused: boolean };

/** Whether the user pauses. */
export function readPause(storage: Storage, principal: Principal): Promise<Pause> {
  requireAccess(principal, "presence.read", null);
  if (principal.kind !== "user") throw new Refusal("forbidden");
  const { organisationId, userId } = principal;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const [row] = await transaction
      .select({ pausedAt: users.pausedAt })
      .from(users)
      .where(and(eq(users.organisationId, organisationId), eq(users.id, userId)));
    return { paused: row !== undefined && row.pausedAt !== null };
  });
}

/**
 * Begins or ends the user's pause: whoever pauses is not called and does not count as there for customers, wherever
 * they are signed in, until they end it. Their own chats go on.
 */
export async function changePause(storage: Storage, principal: Principal, { paused }: Pause): Promise<Pause> {
  requireAccess(principal, "presence.change", null);
  if (principal.kind !== "user") throw new Refusal("forbidden");
  const { organisationId, userId } = principal;
  await storage.inOrganisation(organisationId, (transaction) =>
    transaction
      .update(users)
      .set({ pausedAt: paused ? sql`COALESCE(${users.pausedAt}, now())` : null })
      .where(and(eq(users.organisationId, organisationId), eq(users.id, userId))),
  );
  return { paused };
}
