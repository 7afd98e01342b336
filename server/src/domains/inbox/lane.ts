import { and, eq, sql } from "drizzle-orm";
import { released, secondsFromNow } from "../../foundation/jobs/leased.ts";
import { inbox } from "../../foundation/schema/inbox.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import type { StoredPush } from "./push.ts";

/** The first push of a lane, which this worker has leased: while it has, the lane is nobody else's. */
export type Leased = { organisationId: string; id: number; kind: string; workerId: string };

/** Leases the first push of the lane on a channel of these kinds that has been due longest; null when none is. */
export async function leasePush(
  storage: Storage,
  kinds: string[],
  workerId: string,
  seconds: number,
): Promise<Leased | null> {
  type Row = { organisation_id: string; id: string; kind: string };
  const [row] = await storage.system<Row>("system_lease_inbox", [workerId, seconds, kinds]);
  return row ? { organisationId: row.organisation_id, id: Number(row.id), kind: row.kind, workerId } : null;
}

const isOurs = ({ organisationId, id, workerId }: Leased) =>
  and(
    eq(inbox.organisationId, organisationId),
    eq(inbox.id, id),
    eq(inbox.state, "waiting"),
    eq(inbox.leasedBy, workerId),
  );

/** Counts the attempt, committed before it is made. Null: it was erased, or the lease ran out and another worker has it. */
export function beginPush(storage: Storage, leased: Leased, seconds: number): Promise<StoredPush | null> {
  return storage.inOrganisation(leased.organisationId, async (transaction) => {
    const [row] = await transaction
      .update(inbox)
      .set({ attempts: sql`${inbox.attempts} + 1`, leasedUntil: secondsFromNow(seconds) })
      .where(isOurs(leased))
      .returning();
    if (!row) return null;
    const { organisationId, channelId, key, lane, body, at, attempts } = row;
    return { organisationId, channelId, key, lane, body: body ?? "", at, attempts };
  });
}

/** Notes that it was received: nothing of what it says is needed any more. */
export async function noteReceived(storage: Storage, leased: Leased): Promise<void> {
  await storage.inOrganisation(leased.organisationId, (transaction) =>
    transaction
      .update(inbox)
      .set({ ...released, state: "received", body: null, lastError: null })
      .where(isOurs(leased)),
  );
}

/** Notes that it never will be. */
export async function noteFailed(storage: Storage, leased: Leased, reason: string): Promise<void> {
  await storage.inOrganisation(leased.organisationId, (transaction) =>
    transaction
      .update(inbox)
      .set({ ...released, state: "failed", lastError: reason.slice(0, 500) })
      .where(isOurs(leased)),
  );
}

/** Gives it back until later: the lane waits for it. */
export async function postponePush(
  storage: Storage,
  leased: Leased,
  reason: string,
  seconds: number,
): Promise<void> {
  await storage.inOrganisation(leased.organisationId, (transaction) =>
    transaction
      .update(inbox)
      .set({ ...released, dueAt: secondsFromNow(seconds), lastError: reason.slice(0, 500) })
      .where(isOurs(leased)),
  );
}
