import { and, eq, sql } from "drizzle-orm";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { ownHosts } from "../../../foundation/schema/organisations.ts";
import { violatedConstraint } from "../../../foundation/storage/database-errors.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import { noteAudit } from "../../audit/note.ts";
import { lockOrganisation } from "../lock-organisation.ts";
import { presentEntrance, recordName, type StoredEntrance } from "./read-entrance.ts";
import type { ResolveText } from "./resolve-text.ts";

/**
 * Looks for the proof in the DNS; from then on the host name counts. Throws `host_unknown`, `host_not_proven`, and
 * `host_taken`: somebody else has proved it before. No transaction is open while the DNS is asked.
 */
export async function verifyHost(
  storage: Storage,
  asker: Asker,
  resolveText: ResolveText,
): Promise<StoredEntrance> {
  const admin = requireUser(asker, "organisation.manage");
  const { organisationId } = admin;
  const own = eq(ownHosts.organisationId, organisationId);
  const [asked] = await storage.inOrganisation(organisationId, (transaction) =>
    transaction.select().from(ownHosts).where(own),
  );
  if (!asked) throw new Refusal("host_unknown", { fields: { host: "host_unknown" } });
  const { host, token } = asked;
  if (!(await resolveText(recordName(host))).includes(token)) {
    throw new Refusal("host_not_proven", { fields: { host: "host_not_proven" } });
  }
  try {
    return await storage.inOrganisation(organisationId, async (transaction) => {
      const organisation = await lockOrganisation(transaction, organisationId);
      const proven = await transaction
        .update(ownHosts)
        .set({ verifiedAt: sql`now()` })
        // The very one that was proven: it may have been exchanged meanwhile.
        .where(and(own, eq(ownHosts.host, host), eq(ownHosts.token, token), sql`verified_at IS NULL`))
        .returning({ host: ownHosts.host });
      if (proven.length > 0) {
        const changes = { verifiedHost: { from: null, to: host } };
        await noteAudit(transaction, organisationId, admin, "organisation.changed", organisation, changes);
      }
      return presentEntrance(transaction, organisationId);
    });
  } catch (error) {
    if (violatedConstraint(error) !== "own_hosts_verified") throw error;
    throw new Refusal("host_taken", { fields: { host: "host_taken" } });
  }
}
