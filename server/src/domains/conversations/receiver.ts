import { sql } from "drizzle-orm";
import type { User } from "../../foundation/access/principal.ts";
import { rolesWith } from "../../foundation/access/roles.ts";
import { seesQueue } from "../../foundation/access/visibility.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Conversation } from "../../foundation/schema/conversations.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import { isThere } from "../accounts/connected-sessions.ts";

type Colleague = Pick<User, "name" | "role" | "queues" | "identities"> & { is_paused: boolean };

/**
 * Asks whether a colleague can be given a chat, and returns as whom they get it. They stay able to work until the transaction
 * ends: nobody disables them meanwhile. Throws `user_unknown`, `user_not_active`, `transfer_target_outside` and, unless
 * `anyway`, `transfer_target_away`.
 */
export async function requireReceiver(
  transaction: Transaction,
  conversation: Conversation,
  userId: string,
  { anyway }: { anyway: boolean },
): Promise<Pick<User, "name" | "identities">> {
  const { organisationId } = conversation;
  const { rows } = await transaction.execute<Colleague & { status: string }>(sql`
    SELECT name, role, status, paused_at IS NOT NULL AS is_paused,
      grata_groups_of(organisation_id, id, role = ANY (${sql.param(rolesWith("conversations.readAll"))}::text[])) AS queues,
      grata_identities_of(organisation_id, id) AS identities
    FROM users WHERE organisation_id = ${organisationId} AND id = ${userId} FOR SHARE`);
  const [colleague] = rows;
  if (!colleague) throw new Refusal("user_unknown");
  if (colleague.status !== "active") throw new Refusal("user_not_active");
  if (!mayServe({ ...colleague, userId }, conversation)) throw new Refusal("transfer_target_outside");
  const isHere = !colleague.is_paused && (await isThere(transaction, { organisationId, userId }));
  if (!isHere && !anyway) throw new Refusal("transfer_target_away");
  return colleague;
}

/** Tells whether a colleague sees the queue that a chat belongs to. */
export function mayServe(
  colleague: Pick<User, "userId" | "role" | "queues">,
  conversation: Pick<Conversation, "organisationId" | "queueId" | "isTest">,
): boolean {
  const { organisationId } = conversation;
  return seesQueue({ ...unknownOfOthers, ...colleague, organisationId }, conversation);
}

/** Fields of a signed-in user that play no part in visibility. */
const unknownOfOthers = {
  kind: "user",
  sessionId: "",
  name: "",
  identities: {},
  language: "en",
  secondFactorMissing: false,
} as const;
