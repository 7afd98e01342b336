import type { UserChanges, UserProfile } from "@grata/contract/team";
import { and, eq } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { holds } from "../../foundation/access/roles.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { users } from "../../foundation/schema/accounts.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { differences, noteAudit } from "../audit/note.ts";
import { lockUserAndAdmins, readProfile } from "./read.ts";

/** Changes a user's name, role or language, and nothing else. The last active admin stays one (`last_admin`). */
export function changeUser(
  storage: Storage,
  asker: Asker,
  userId: string,
  { name, role, language }: UserChanges,
): Promise<UserProfile> {
  const admin = requireUser(asker, "team.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const { user, isLastAdmin } = await lockUserAndAdmins(transaction, admin, userId);
    if (isLastAdmin && role !== undefined && !holds({ role }, "team.manage")) throw new Refusal("last_admin");
    const before = { name: user.name, role: user.role, language: user.language };
    const changes = differences(before, { name, role, language });
    if (Object.keys(changes).length > 0) {
      await transaction
        .update(users)
        .set({ name, role, language })
        .where(and(eq(users.organisationId, organisationId), eq(users.id, userId)));
      await noteAudit(transaction, organisationId, admin, "user.changed", user, changes);
    }
    return readProfile(transaction, admin, userId);
  });
}
