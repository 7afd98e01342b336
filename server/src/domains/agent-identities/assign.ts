import type { AssignedIdentities } from "@grata/contract/agent-identities";
import { type IdentityWorld, identityWorlds } from "@grata/contract/shown-as";
import type { UserProfile } from "@grata/contract/team";
import { and, eq } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { userIdentities } from "../../foundation/schema/agent-identities.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { differences, noteAudit } from "../audit/note.ts";
import { lockUser, readProfile } from "../team/read.ts";
import { lockIdentity } from "./find.ts";

type Wearer = { organisationId: string; userId: string };

/**
 * Assigns identities to a user; null takes one away. It is in force within seconds, for what is written from then on.
 * Throws `user_unknown`, `agent_identity_unknown` (also for one of the other world), and `agent_identity_personal` for one
 * that is somebody else's own.
 */
export function assignIdentities(
  storage: Storage,
  asker: Asker,
  userId: string,
  assigned: AssignedIdentities,
): Promise<UserProfile> {
  const admin = requireUser(asker, "team.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const user = await lockUser(transaction, organisationId, userId);
    const before = await readNames(transaction, admin, userId);
    for (const world of identityWorlds) {
      const identityId = assigned[world];
      if (identityId !== undefined) await assign(transaction, { organisationId, userId }, world, identityId);
    }
    const after = await readNames(transaction, admin, userId);
    const changes = differences(before, after);
    if (Object.keys(changes).length > 0) {
      await noteAudit(transaction, organisationId, admin, "user.changed", user, changes);
    }
    return readProfile(transaction, admin, userId);
  });
}

async function assign(
  transaction: Transaction,
  { organisationId, userId }: Wearer,
  world: IdentityWorld,
  identityId: string | null,
): Promise<void> {
  await transaction
    .delete(userIdentities)
    .where(
      and(
        eq(userIdentities.organisationId, organisationId),
        eq(userIdentities.userId, userId),
        eq(userIdentities.world, world),
      ),
    );
  if (identityId === null) return;
  const identity = await lockIdentity(transaction, organisationId, identityId);
  if (identity.world !== world) throw new Refusal("agent_identity_unknown");
  if (identity.ownerId !== null && identity.ownerId !== userId) {
    throw new Refusal("agent_identity_personal", { fields: { [world]: "agent_identity_personal" } });
  }
  await transaction.insert(userIdentities).values({ organisationId, userId, world, identityId });
}

/** Reads the names of a user's identities, for the audit log. */
async function readNames(transaction: Transaction, admin: Parameters<typeof readProfile>[1], userId: string) {
  const { identities } = (await readProfile(transaction, admin, userId)).user;
  return {
    webChatIdentity: identities.webchat?.name ?? null,
    weChatIdentity: identities.wechat?.name ?? null,
  };
}
