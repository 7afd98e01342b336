import type { Pushed } from "@grata/contract/push";
import { and, eq, sql } from "drizzle-orm";
import { forgottenAfterSeconds } from "../../domains/accounts/connected-sessions.ts";
import { findConversation } from "../../domains/conversations/find.ts";
import { readOneCurrent } from "../../domains/conversations/lists/read-current.ts";
import { readWaiting } from "../../domains/conversations/lists/read-waiting.ts";
import type { User } from "../../foundation/access/principal.ts";
import { reasonAgainst } from "../../foundation/access/require-access.ts";
import { rolesWith } from "../../foundation/access/roles.ts";
import { released, secondsFromNow } from "../../foundation/jobs/leased.ts";
import { pushes, pushSubscriptions } from "../../foundation/schema/pushes.ts";
import type { Secrets } from "../../foundation/secrets/seal.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { pushKeyPair } from "./key.ts";

/** A push that this worker has leased. */
export type Leased = { organisationId: string; sessionId: string; conversationId: string; workerId: string };

/** Nobody needs to hear of a customer who waited longer ago, from us or from the push service. */
export const worthSeconds = 15 * 60;

/** Leases the push that has been due longest; null when none is. */
export async function leasePush(storage: Storage, workerId: string, seconds: number): Promise<Leased | null> {
  const [row] = await storage.system<{
    organisation_id: string;
    session_id: string;
    conversation_id: string;
  }>("system_lease_push", [workerId, seconds]);
  if (!row) return null;
  const { organisation_id: organisationId, session_id: sessionId, conversation_id: conversationId } = row;
  return { organisationId, sessionId, conversationId, workerId };
}

const held = ({ organisationId, sessionId, conversationId, workerId }: Leased) =>
  and(
    eq(pushes.organisationId, organisationId),
    eq(pushes.sessionId, sessionId),
    eq(pushes.conversationId, conversationId),
    eq(pushes.leasedBy, workerId),
  );

export type Begun = {
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } };
  key: { publicKey: string; privateKey: string };
  pushed: Pushed;
  /** For so long it is worth to be kept for a browser that is not running. */
  worthSeconds: number;
  attempts: number;
};

/**
 * Counts the attempt and says what goes where, committed before the push service is called. Null: there is nothing to
 * tell any more. Somebody else has the customer, the user has read it or is back, or it is too long ago.
 */
export function beginPush(storage: Storage, secrets: Secrets, leased: Leased): Promise<Begun | null> {
  return storage.inOrganisation(leased.organisationId, async (transaction) => {
    const [push] = await transaction
      .update(pushes)
      .set({ attempts: sql`${pushes.attempts} + 1` })
      .where(held(leased))
      .returning();
    if (!push) return null;
    const left = worthSeconds - Math.floor((Date.now() - push.aboutAt.getTime()) / 1_000);
    const receiver = left > 0 ? await findReceiver(transaction, leased) : null;
    const pushed = receiver && (await tell(transaction, receiver, push));
    const key = pushed && (await pushKeyPair(transaction, secrets, leased.organisationId));
    if (!receiver || !pushed || !key) {
      await transaction
        .update(pushes)
        .set({ dueAt: null, ...released })
        .where(held(leased));
      return null;
    }
    return { subscription: receiver.subscription, key, pushed, worthSeconds: left, attempts: push.attempts };
  });
}

type Receiver = { user: User; isPaused: boolean; subscription: Begun["subscription"] };

async function findReceiver(
  transaction: Transaction,
  { organisationId, sessionId }: Leased,
): Promise<Receiver | null> {
  const { rows } = await transaction.execute<
    Pick<User, "name" | "role" | "queues" | "language"> & { user_id: string; is_paused: boolean }
  >(sql`
    SELECT user_id, name, role, language, is_paused, grata_groups_of(organisation_id, user_id,
      role = ANY (${sql.param(rolesWith("conversations.readAll"))}::text[])) AS queues
    FROM grata_push_receivers(${forgottenAfterSeconds})
    WHERE organisation_id = ${organisationId} AND session_id = ${sessionId}`);
  const [row] = rows;
  const [subscription] = await transaction
    .select()
    .from(pushSubscriptions)
    .where(
      and(eq(pushSubscriptions.organisationId, organisationId), eq(pushSubscriptions.sessionId, sessionId)),
    );
  if (!row || !subscription) return null;
  const { user_id: userId, is_paused: isPaused, name, role, queues, language } = row;
  const { endpoint, p256dh, auth } = subscription;
  return {
    // Who owes a second factor is no receiver.
    user: {
      kind: "user",
      organisationId,
      userId,
      sessionId,
      name,
      role,
      // They are told something here, and write nothing.
      identities: {},
      queues,
      language,
      secondFactorMissing: false,
    },
    isPaused,
    subscription: { endpoint, keys: { p256dh, auth } },
  };
}

/** What the user is told of the chat, if that is still so and for them. */
async function tell(
  transaction: Transaction,
  { user, isPaused }: Receiver,
  { kind, conversationId, aboutAt }: Pick<typeof pushes.$inferSelect, "kind" | "conversationId" | "aboutAt">,
): Promise<Pushed | null> {
  const { organisationId, userId, language } = user;
  const conversation = await findConversation(transaction, organisationId, conversationId);
  const permission = kind === "waiting" ? "conversation.claim" : "message.send";
  if (reasonAgainst(user, permission, conversation) !== null) return null;
  if (kind === "waiting") {
    const line = (await readWaiting(transaction, organisationId, [conversationId])).get(conversationId);
    if (isPaused || line?.waitingSince !== aboutAt.getTime()) return null;
    return present(kind, line, language);
  }
  const line = await readOneCurrent(transaction, { organisationId, userId }, conversationId);
  return line.unread > 0 ? present(kind, line, language) : null;
}

type Line = Pick<Pushed, "customer" | "last"> & { id: string };

function present(kind: Pushed["kind"], { id, customer, last }: Line, language: Pushed["language"]): Pushed {
  const { name, reference } = customer;
  const { text, file } = last;
  return {
    kind,
    conversationId: id,
    customer: { name, reference },
    last: { text, ...(file && { file }) },
    language,
  };
}

/** It went out, or never will. */
export function settlePush(storage: Storage, leased: Leased): Promise<void> {
  return note(storage, leased, { dueAt: null });
}

/** Not now: it is tried again so much later. */
export function postponePush(storage: Storage, leased: Leased, seconds: number): Promise<void> {
  return note(storage, leased, { dueAt: secondsFromNow(seconds) });
}

async function note(storage: Storage, leased: Leased, values: object): Promise<void> {
  await storage.inOrganisation(leased.organisationId, (transaction) =>
    transaction
      .update(pushes)
      .set({ ...values, ...released })
      .where(held(leased)),
  );
}

/** The browser has taken its subscription back: the push service says so, and nothing is sent there any more. */
export async function dropSubscription(storage: Storage, leased: Leased, endpoint: string): Promise<void> {
  await storage.inOrganisation(leased.organisationId, (transaction) =>
    transaction
      .delete(pushSubscriptions)
      .where(
        and(
          eq(pushSubscriptions.organisationId, leased.organisationId),
          eq(pushSubscriptions.sessionId, leased.sessionId),
          eq(pushSubscriptions.endpoint, endpoint),
        ),
      ),
  );
}
