import { v5 as idOf } from "uuid";
import { requireAccess } from "../../foundation/access/require-access.ts";
import type { Postponed } from "../../foundation/jobs/leased.ts";
import { inbox } from "../../foundation/schema/inbox.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";

/** Something that a platform told us of one of its people. */
export type Push = {
  organisationId: string;
  channelId: string;
  /** By which the platform, or what it says, tells a repetition: at most 200 characters. */
  key: string;
  /** Whose it is, by the id that is their identity on the channel. What is nobody's has any other lane. */
  lane: string;
  /** As it came, or as the channel has opened it. */
  body: string;
};

/** The same when it is received. */
export type StoredPush = Push & {
  at: Date;
  /** Number of attempts, this one included. */
  attempts: number;
};

/** Outcome of receiving a push. `refused` is final, and the lane goes on with the next one. No reason quotes the push. */
export type PushOutcome = { kind: "received" } | { kind: "refused"; reason: string } | Postponed;

/** Receives pushes of each kind of channel that a node knows, by the kind: one at a time and in order for each lane. */
export type Receivers = ReadonlyMap<string, (push: StoredPush) => Promise<PushOutcome>>;

/**
 * Stores what was pushed, once, however often it is. To be committed before the push is answered; then
 * `services.inbox.wake()`.
 */
export async function storePushes(transaction: Transaction, pushes: readonly Push[]): Promise<void> {
  requireAccess({ kind: "nobody" }, "inbox.store", null);
  if (pushes.length === 0) return;
  // PostgreSQL has no word for NUL.
  const rows = pushes.map((push) => ({ ...push, body: push.body.replaceAll("\0", "") }));
  await transaction.insert(inbox).values(rows).onConflictDoNothing();
}

/** An id of our own, so that those made of the same words elsewhere are others. */
const namespace = "5b0cb5d4-6b1f-4d6c-9a55-0d7a7a7c8f21";

/**
 * The client id of what a push says: the same one each time, so that it is stored once. `part` tells apart what one push
 * says, or carries.
 */
export function clientIdOf({ channelId, key }: Pick<Push, "channelId" | "key">, part = ""): string {
  return idOf(JSON.stringify([channelId, key, part]), namespace);
}
