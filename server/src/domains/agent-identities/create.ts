import {
  type AgentIdentity,
  agentIdentitiesLimit,
  type WrittenIdentity,
} from "@grata/contract/agent-identities";
import { count, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { agentIdentities } from "../../foundation/schema/agent-identities.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { noteAudit } from "../audit/note.ts";
import { lockOrganisation } from "../organisations/lock-organisation.ts";
import { readIdentity, requireOwner } from "./find.ts";
import { rowOf } from "./row.ts";

/** Adds an identity. Throws `user_unknown` and `too_many_agent_identities`. */
export function createIdentity(
  storage: Storage,
  asker: Asker,
  written: WrittenIdentity,
): Promise<AgentIdentity> {
  const admin = requireUser(asker, "team.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    await lockOrganisation(transaction, organisationId);
    await requireOwner(transaction, organisationId, written.ownerId);
    const [there] = await transaction
      .select({ count: count() })
      .from(agentIdentities)
      .where(eq(agentIdentities.organisationId, organisationId));
    if ((there?.count ?? 0) >= agentIdentitiesLimit) throw new Refusal("too_many_agent_identities");
    const row = { organisationId, id: newId(), ...rowOf(written) };
    await transaction.insert(agentIdentities).values(row);
    const target = { id: row.id, name: row.names[0]?.name ?? "" };
    await noteAudit(transaction, organisationId, admin, "identity.created", target);
    return readIdentity(transaction, organisationId, row.id);
  });
}
