import type { AgentIdentity, WrittenIdentity } from "@grata/contract/agent-identities";
import { and, eq, ne } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { agentIdentities, userIdentities } from "../../foundation/schema/agent-identities.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { differences, noteAudit } from "../audit/note.ts";
import { byId, lockIdentity, readIdentity, requireOwner, type StoredIdentity } from "./find.ts";
import { rowOf } from "./row.ts";

/**
 * Writes an identity anew. What was said under it keeps the names and the face that it had. Throws
 * `agent_identity_unknown` (also for one of the other world), `user_unknown`, and `agent_identity_in_use` where it shall
 * become somebody's own while others have it.
 */
export function changeIdentity(
  storage: Storage,
  asker: Asker,
  id: string,
  written: WrittenIdentity,
): Promise<AgentIdentity> {
  const admin = requireUser(asker, "team.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const before = await lockIdentity(transaction, organisationId, id);
    if (before.world !== written.world) throw new Refusal("agent_identity_unknown");
    const { ownerId, names, searched } = rowOf(written);
    const changes = differences({ names: before.names, owner: before.ownerId }, { names, owner: ownerId });
    if (Object.keys(changes).length > 0) {
      await requireOwner(transaction, organisationId, ownerId);
      if (ownerId !== null) await requireNobodyElse(transaction, before, ownerId);
      await transaction
        .update(agentIdentities)
        .set({ ownerId, names, searched })
        .where(byId(organisationId, id));
      const target = { id, name: names[0]?.name ?? "" };
      await noteAudit(transaction, organisationId, admin, "identity.changed", target, changes);
    }
    return readIdentity(transaction, organisationId, id);
  });
}

/** The identity is locked: nobody is given it meanwhile. */
async function requireNobodyElse(
  transaction: Transaction,
  { organisationId, id }: StoredIdentity,
  ownerId: string,
): Promise<void> {
  const [other] = await transaction
    .select({ userId: userIdentities.userId })
    .from(userIdentities)
    .where(
      and(
        eq(userIdentities.organisationId, organisationId),
        eq(userIdentities.identityId, id),
        ne(userIdentities.userId, ownerId),
      ),
    )
    .limit(1);
  if (other) throw new Refusal("agent_identity_in_use", { fields: { ownerId: "agent_identity_in_use" } });
}
