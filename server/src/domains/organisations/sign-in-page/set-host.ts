import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { ownHosts } from "../../../foundation/schema/organisations.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import { differences, noteAudit } from "../../audit/note.ts";
import { lockOrganisation } from "../lock-organisation.ts";
import { presentEntrance, type StoredEntrance } from "./read-entrance.ts";

/**
 * Writes down an own host name, with a fresh proof to give, or takes it away. It counts for nothing until it is proven
 * (`verify-host.ts`), so that writing down somebody else's takes nothing from them.
 */
export function setHost(storage: Storage, asker: Asker, host: string | null): Promise<StoredEntrance> {
  const admin = requireUser(asker, "organisation.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const organisation = await lockOrganisation(transaction, organisationId);
    const own = eq(ownHosts.organisationId, organisationId);
    const [former] = await transaction.select({ host: ownHosts.host }).from(ownHosts).where(own);
    const changes = differences({ host: former?.host ?? null }, { host });
    if (Object.keys(changes).length > 0) {
      await transaction.delete(ownHosts).where(own);
      const token = randomBytes(16).toString("base64url");
      if (host !== null) await transaction.insert(ownHosts).values({ organisationId, host, token });
      await noteAudit(transaction, organisationId, admin, "organisation.changed", organisation, changes);
    }
    return presentEntrance(transaction, organisationId);
  });
}
