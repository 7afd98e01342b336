import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { endSessions } from "../accounts/end-sessions.ts";
import { clearFactors } from "../accounts/factors/reset.ts";
import { noteAudit } from "../audit/note.ts";
import type { Done } from "./disable.ts";
import { lockUser, readProfile } from "./read.ts";

/**
 * Takes a colleague's second factor away, because they have lost it: they are signed out everywhere and told by mail.
 * One's own is changed on one's own page, where the password is asked for (`forbidden`). Throws `second_factor_absent`.
 */
export async function resetSecondFactor(storage: Storage, asker: Asker, userId: string): Promise<Done> {
  const admin = requireUser(asker, "team.manage");
  const { organisationId } = admin;
  if (userId === admin.userId) throw new Refusal("forbidden");
  return storage.inOrganisation(organisationId, async (transaction) => {
    const user = await lockUser(transaction, organisationId, userId);
    const owner = { organisationId, userId };
    if (!(await clearFactors(transaction, owner))) throw new Refusal("second_factor_absent");
    const ended = await endSessions(transaction, owner, "signed_out");
    await noteAudit(transaction, organisationId, admin, "factor.reset", user);
    return { profile: await readProfile(transaction, admin, userId), ended, changes: [] };
  });
}
