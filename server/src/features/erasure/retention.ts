import type { Retention } from "@grata/contract/retention";
import { eq } from "drizzle-orm";
import { differences, noteAudit } from "../../domains/audit/note.ts";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { organisations } from "../../foundation/schema/organisations.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";

/** After how many days what was said in a closed chat is erased; null: never. */
export function readRetention(storage: Storage, asker: Asker): Promise<Retention> {
  const { organisationId } = requireUser(asker, "organisation.manage");
  return storage.inOrganisation(organisationId, async (transaction) => {
    const { days } = await lockOwn(transaction, organisationId);
    return { days };
  });
}

/** Sets it. What has been kept longer is erased within a minute. */
export function changeRetention(storage: Storage, asker: Asker, { days }: Retention): Promise<Retention> {
  const admin = requireUser(asker, "organisation.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const before = await lockOwn(transaction, organisationId);
    const changes = differences({ retentionDays: before.days }, { retentionDays: days });
    if (Object.keys(changes).length > 0) {
      await transaction
        .update(organisations)
        .set({ retentionDays: days })
        .where(eq(organisations.organisationId, organisationId));
      const target = { id: organisationId, name: before.name };
      await noteAudit(transaction, organisationId, admin, "organisation.changed", target, changes);
    }
    return { days };
  });
}

async function lockOwn(transaction: Transaction, organisationId: string) {
  const [row] = await transaction
    .select({ name: organisations.name, days: organisations.retentionDays })
    .from(organisations)
    .where(eq(organisations.organisationId, organisationId))
    .for("no key update");
  if (!row) throw new Refusal("sign_in_required");
  return row;
}
