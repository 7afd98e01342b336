import type { OwnFactors } from "@grata/contract/second-factor";
import { and, asc, eq, isNotNull } from "drizzle-orm";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { authenticators, passkeys } from "../../../foundation/schema/factors.ts";
import { organisations } from "../../../foundation/schema/organisations.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import { noteAudit } from "../../audit/note.ts";
import { changeFactor } from "./change-factor.ts";
import { presentPasskey } from "./present.ts";
import { countCodes, newCodeSet, replaceCodes } from "./recovery-codes.ts";
import { ownedBy, stepsOf } from "./steps.ts";

/** What one has set up for the second step. */
export function readOwnFactors(storage: Storage, asker: Asker): Promise<OwnFactors> {
  const user = requireUser(asker, "factors.manage");
  return storage.inOrganisation(user.organisationId, async (transaction) => {
    const [app] = await transaction
      .select({ since: authenticators.confirmedAt })
      .from(authenticators)
      .where(and(ownedBy(authenticators, user), isNotNull(authenticators.confirmedAt)));
    const keys = await transaction
      .select()
      .from(passkeys)
      .where(ownedBy(passkeys, user))
      .orderBy(asc(passkeys.createdAt));
    const [organisation] = await transaction
      .select({ required: organisations.secondFactorRequired })
      .from(organisations)
      .where(eq(organisations.organisationId, user.organisationId));
    return {
      authenticatorSince: app?.since?.getTime() ?? null,
      passkeys: keys.map(presentPasskey),
      recoveryCodesLeft: await countCodes(transaction, user),
      required: organisation?.required ?? false,
    };
  });
}

/** New recovery codes, told this once; those before work no more. Throws `second_factor_absent`. */
export async function renewRecoveryCodes(
  storage: Storage,
  asker: Asker,
  current: string,
): Promise<{ recoveryCodes: string[] }> {
  requireUser(asker, "factors.manage");
  const set = await newCodeSet();
  return changeFactor(storage, asker, current, async (transaction, owner) => {
    if ((await stepsOf(transaction, owner)).length === 0) throw new Refusal("second_factor_absent");
    await replaceCodes(transaction, owner, set);
    const target = { id: owner.userId, name: owner.name };
    await noteAudit(transaction, owner.organisationId, owner, "factor.recovery_codes_made", target);
    return { recoveryCodes: set.codes };
  });
}
