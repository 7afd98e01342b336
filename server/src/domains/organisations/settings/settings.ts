import type { OrganisationChange, OrganisationSettings } from "@grata/contract/organisation";
import { eq } from "drizzle-orm";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { organisations } from "../../../foundation/schema/organisations.ts";
import type { Storage, Transaction } from "../../../foundation/storage/storage.ts";
import { differences, noteAudit } from "../../audit/note.ts";

/** What an admin may set of their organisation. */
export function readOrganisation(storage: Storage, asker: Asker): Promise<OrganisationSettings> {
  const { organisationId } = requireUser(asker, "organisation.manage");
  return storage.inOrganisation(organisationId, (transaction) => lockSettings(transaction, organisationId));
}

/** Sets all of it. Sessions feel a new inactivity period within seconds. */
export function changeOrganisation(
  storage: Storage,
  asker: Asker,
  settings: OrganisationChange,
): Promise<OrganisationSettings> {
  const admin = requireUser(asker, "organisation.manage");
  const { organisationId } = admin;
  const { name, defaultLanguage, timeZone, inactivityMinutes, oneSession, secondFactorRequired } = settings;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const before = await lockSettings(transaction, organisationId);
    const { absenceSeconds = before.absenceSeconds } = settings;
    const after = {
      name,
      defaultLanguage,
      timeZone,
      inactivityMinutes,
      oneSession,
      secondFactorRequired,
      absenceSeconds,
    };
    const changes = differences(before, after);
    if (Object.keys(changes).length > 0) {
      await transaction
        .update(organisations)
        .set(after)
        .where(eq(organisations.organisationId, organisationId));
      const target = { id: organisationId, name };
      await noteAudit(transaction, organisationId, admin, "organisation.changed", target, changes);
    }
    return after;
  });
}

async function lockSettings(transaction: Transaction, organisationId: string): Promise<OrganisationSettings> {
  const [organisation] = await transaction
    .select({
      name: organisations.name,
      defaultLanguage: organisations.defaultLanguage,
      timeZone: organisations.timeZone,
      inactivityMinutes: organisations.inactivityMinutes,
      oneSession: organisations.oneSession,
      secondFactorRequired: organisations.secondFactorRequired,
      absenceSeconds: organisations.absenceSeconds,
    })
    .from(organisations)
    .where(eq(organisations.organisationId, organisationId))
    .for("no key update");
  if (!organisation) throw new Refusal("sign_in_required");
  return organisation;
}
