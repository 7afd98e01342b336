import { ECDH } from "node:crypto";
import type { OwnPush, PushSubscriptionBody } from "@grata/contract/push";
import { and, asc, eq, ne } from "drizzle-orm";
import type { Asker, User } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { sessions } from "../../foundation/schema/accounts.ts";
import { pushSubscriptions } from "../../foundation/schema/pushes.ts";
import type { Secrets } from "../../foundation/secrets/seal.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { publicPushKey } from "./key.ts";
import type { PushServices } from "./services.ts";

/** More browsers than anybody is signed in with. */
const subscriptionsPerUser = 10;

/** The key to subscribe with, and whether this session is subscribed. */
export function readOwnPush(storage: Storage, secrets: Secrets, asker: Asker): Promise<OwnPush> {
  const user = requireUser(asker, "push.own");
  return storage.inOrganisation(user.organisationId, async (transaction) => {
    const key = await publicPushKey(transaction, secrets, user.organisationId);
    const rows = await transaction
      .select({ sessionId: pushSubscriptions.sessionId })
      .from(pushSubscriptions)
      .where(ownedBySession(user));
    return { key, subscribed: rows.length > 0 };
  });
}

/**
 * Keeps where to reach this browser while no console is open. It ends with the session. Of more than ten browsers the
 * one that asked longest ago is not reached any more. Throws `push_service_unknown` and `push_keys_invalid`.
 */
export async function subscribe(
  storage: Storage,
  secrets: Secrets,
  services: PushServices,
  asker: Asker,
  { endpoint, keys }: PushSubscriptionBody,
): Promise<void> {
  const user = requireUser(asker, "push.own");
  if (!services.accept(endpoint)) {
    throw new Refusal("push_service_unknown", { fields: { endpoint: "push_service_unknown" } });
  }
  if (!isOnCurve(keys.p256dh))
    throw new Refusal("push_keys_invalid", { fields: { keys: "push_keys_invalid" } });
  const { organisationId, sessionId } = user;
  const where = { endpoint, p256dh: keys.p256dh, auth: keys.auth };
  await storage.inOrganisation(organisationId, async (transaction) => {
    await publicPushKey(transaction, secrets, organisationId);
    // One browser that signed in anew, or as somebody else: what it was told before is nobody's business there now.
    await transaction
      .delete(pushSubscriptions)
      .where(
        and(
          eq(pushSubscriptions.organisationId, organisationId),
          eq(pushSubscriptions.endpoint, endpoint),
          ne(pushSubscriptions.sessionId, sessionId),
        ),
      );
    await transaction
      .insert(pushSubscriptions)
      .values({ organisationId, sessionId, ...where })
      .onConflictDoUpdate({
        target: [pushSubscriptions.organisationId, pushSubscriptions.sessionId],
        set: where,
      });
    await dropOldest(transaction, user);
  });
}

/** Takes it away again; that there is none is fine. */
export async function unsubscribe(storage: Storage, asker: Asker): Promise<void> {
  const user = requireUser(asker, "push.own");
  await storage.inOrganisation(user.organisationId, (transaction) =>
    transaction.delete(pushSubscriptions).where(ownedBySession(user)),
  );
}

function ownedBySession({ organisationId, sessionId }: Pick<User, "organisationId" | "sessionId">) {
  return and(
    eq(pushSubscriptions.organisationId, organisationId),
    eq(pushSubscriptions.sessionId, sessionId),
  );
}

async function dropOldest(transaction: Transaction, { organisationId, userId }: User): Promise<void> {
  const all = await transaction
    .select({ sessionId: pushSubscriptions.sessionId })
    .from(pushSubscriptions)
    .innerJoin(
      sessions,
      and(
        eq(sessions.organisationId, pushSubscriptions.organisationId),
        eq(sessions.id, pushSubscriptions.sessionId),
      ),
    )
    .where(and(eq(sessions.organisationId, organisationId), eq(sessions.userId, userId)))
    .orderBy(asc(pushSubscriptions.createdAt), asc(pushSubscriptions.sessionId));
  for (const { sessionId } of all.slice(0, -subscriptionsPerUser)) {
    await transaction.delete(pushSubscriptions).where(ownedBySession({ organisationId, sessionId }));
  }
}

/** Whether it is a public key at all: with a point beside the curve nothing could be encrypted, or not secretly. */
function isOnCurve(p256dh: string): boolean {
  try {
    ECDH.convertKey(p256dh, "prime256v1", "base64url");
    return true;
  } catch {
    return false;
  }
}
