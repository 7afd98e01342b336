import { and, asc, eq, sql } from "drizzle-orm";
import { released, secondsFromNow } from "../../foundation/jobs/leased.ts";
import { entries } from "../../foundation/schema/conversations.ts";
import { customerIdentities } from "../../foundation/schema/customers.ts";
import { deliveries, lanes } from "../../foundation/schema/deliveries.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import type { Change } from "../conversations/changes.ts";
import { lockConversation } from "../conversations/find.ts";
import { noteDelivery } from "../conversations/note-delivery.ts";
import { identityIn, nameFor } from "../conversations/seen-as.ts";
import type { Parcel, Settled } from "./parcel.ts";

/** A lane that this worker has leased: one customer on one channel. */
export type Lane = {
  organisationId: string;
  channelId: string;
  customerId: string;
  kind: string;
  workerId: string;
};

type LaneRow = { organisation_id: string; channel_id: string; customer_id: string; kind: string };
type Waiting = typeof deliveries.$inferSelect;

/** Leases the lane on a channel of these kinds that has been due longest; null when none is. */
export async function leaseLane(
  storage: Storage,
  kinds: string[],
  workerId: string,
  seconds: number,
): Promise<Lane | null> {
  const [row] = await storage.system<LaneRow>("system_lease_lane_of", [workerId, seconds, kinds]);
  if (!row) return null;
  const { organisation_id: organisationId, channel_id: channelId, customer_id: customerId, kind } = row;
  return { organisationId, channelId, customerId, kind, workerId };
}

const inLane = (lane: Lane) =>
  and(
    eq(deliveries.organisationId, lane.organisationId),
    eq(deliveries.channelId, lane.channelId),
    eq(deliveries.customerId, lane.customerId),
  );

const leased = (lane: Lane) =>
  and(
    eq(lanes.organisationId, lane.organisationId),
    eq(lanes.channelId, lane.channelId),
    eq(lanes.customerId, lane.customerId),
    eq(lanes.leasedBy, lane.workerId),
  );

export type Begun = {
  deliveryId: number;
  attempts: number;
  parcel: Parcel;
  /** A worker died between its call and the note of the outcome. */
  interrupted: boolean;
};

/**
 * Takes the first of the lane and notes that its delivery began, committed before the outside is called. Null: the lane
 * is empty, and was given back in the same transaction, so that nothing written meanwhile is overlooked; or the lease
 * ran out and another worker has it.
 */
export function beginNext(storage: Storage, lane: Lane, seconds: number): Promise<Begun | null> {
  return storage.inOrganisation(lane.organisationId, async (transaction) => {
    const [held] = await transaction
      .update(lanes)
      .set({ leasedUntil: secondsFromNow(seconds) })
      .where(leased(lane))
      .returning({ customerId: lanes.customerId });
    if (!held) return null;
    const [first] = await transaction
      .select({ delivery: deliveries, entry: entries, identities })
      .from(deliveries)
      .innerJoin(
        entries,
        and(
          eq(entries.organisationId, deliveries.organisationId),
          eq(entries.conversationId, deliveries.conversationId),
          eq(entries.seq, deliveries.seq),
        ),
      )
      .where(inLane(lane))
      .orderBy(asc(deliveries.id))
      .limit(1);
    if (!first) {
      await transaction
        .update(lanes)
        .set({ ...released, dueAt: null })
        .where(leased(lane));
      return null;
    }
    const { id: deliveryId, attempts, beganAt } = first.delivery;
    const parcel = toParcel(first);
    if (beganAt) return { deliveryId, attempts, parcel, interrupted: true };
    await transaction
      .update(deliveries)
      .set({ beganAt: sql`now()`, attempts: attempts + 1 })
      .where(and(inLane(lane), eq(deliveries.id, deliveryId)));
    return { deliveryId, attempts: attempts + 1, parcel, interrupted: false };
  });
}

/** Notes for good what became of a delivery: the entry tells, the row goes. Returns what there is to tell of it. */
export function settle(
  storage: Storage,
  lane: Lane,
  { deliveryId, parcel }: Begun,
  outcome: Settled,
): Promise<Change[]> {
  const { organisationId, conversationId, seq } = parcel;
  return storage.inOrganisation(organisationId, async (transaction) => {
    // First of all: whoever erases a conversation has it locked and then takes its deliveries away.
    const conversation = await lockConversation(transaction, organisationId, conversationId);
    const gone = await transaction
      .delete(deliveries)
      .where(and(inLane(lane), eq(deliveries.id, deliveryId)))
      .returning({ id: deliveries.id });
    if (gone.length === 0) return [];
    const delivery = outcome.kind === "refused" ? "failed" : outcome.kind;
    const deliveryReason = "reason" in outcome ? outcome.reason.slice(0, 500).toWellFormed() : null;
    return [await noteDelivery(transaction, conversation, { seq, delivery, deliveryReason })];
  });
}

/** Gives the lane back until later: the same delivery is tried again first. */
export function postpone(
  storage: Storage,
  lane: Lane,
  { deliveryId }: Begun,
  reason: string,
  seconds: number,
): Promise<void> {
  return storage.inOrganisation(lane.organisationId, async (transaction) => {
    await transaction
      .update(deliveries)
      .set({ beganAt: null, lastError: reason.slice(0, 500) })
      .where(and(inLane(lane), eq(deliveries.id, deliveryId)));
    await transaction
      .update(lanes)
      .set({ ...released, dueAt: secondsFromNow(seconds) })
      .where(leased(lane));
  });
}

/** By which the channel knows the customer of a lane. */
const identities = sql<Parcel["identities"]>`COALESCE((
  SELECT json_agg(json_build_object('kind', kind, 'externalId', external_id) ORDER BY kind, external_id)
  FROM ${customerIdentities}
  WHERE ${customerIdentities.organisationId} = ${deliveries.organisationId}
    AND ${customerIdentities.customerId} = ${deliveries.customerId}), '[]')`;

function toParcel({
  delivery,
  entry,
  identities: known,
}: {
  delivery: Waiting;
  entry: typeof entries.$inferSelect;
  identities: Parcel["identities"];
}): Parcel {
  return {
    organisationId: delivery.organisationId,
    channelId: delivery.channelId,
    customerId: delivery.customerId,
    identities: known,
    conversationId: delivery.conversationId,
    seq: delivery.seq,
    occurrence: entry.occurrence,
    authorName: nameFor(identityIn(entry.occurrence)?.names ?? [])?.name ?? entry.authorName,
  };
}
