import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { agentIdentities } from "../../foundation/schema/agent-identities.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { noteAudit } from "../audit/note.ts";
import { byId, lockIdentity } from "./find.ts";

/**
 * Deletes an identity. Whoever had it has none then; what was written under it keeps it, and its picture stays for that.
 * Throws `agent_identity_unknown`.
 */
export function deleteIdentity(storage: Storage, asker: Asker, id: string): Promise<void> {
  const admin = requireUser(asker, "team.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const { names } = await lockIdentity(transaction, organisationId, id);
    await transaction.delete(agentIdentities).where(byId(organisationId, id));
    const target = { id, name: names[0]?.name ?? "" };
    await noteAudit(transaction, organisationId, admin, "identity.deleted", target);
  });
}
