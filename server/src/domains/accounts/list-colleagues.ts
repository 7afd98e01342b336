import { and, asc, eq } from "drizzle-orm";
import type { Principal } from "../../foundation/access/principal.ts";
import { requireTeam } from "../../foundation/access/require-access.ts";
import { users } from "../../foundation/schema/accounts.ts";
import type { Storage } from "../../foundation/storage/storage.ts";

/** Everybody who can work in the user's organisation, by name: all that a colleague is told of them. */
export function listColleagues(
  storage: Storage,
  principal: Principal,
): Promise<{ id: string; name: string }[]> {
  const { organisationId } = requireTeam(principal, "presence.read");
  return storage.inOrganisation(organisationId, (transaction) =>
    transaction
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(and(eq(users.organisationId, organisationId), eq(users.status, "active")))
      .orderBy(asc(users.name), asc(users.id)),
  );
}
