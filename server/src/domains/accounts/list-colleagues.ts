import { and, asc, eq } from "drizzle-orm";
import type { Principal } from "../../foundation/access/principal.ts";
import { requireAccess } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { users } from "../../foundation/schema/accounts.ts";
import type { Storage } from "../../foundation/storage/storage.ts";

/** Everybody who can work in the user's organisation, by name: all that a colleague is told of them. */
export function listColleagues(
  storage: Storage,
  principal: Principal,
): Promise<{ id: string; name: string }[]> {
  requireAccess(principal, "presence.read", null);
  if (principal.kind !== "user") throw new Refusal("forbidden");
  const { organisationId } = principal;
  return storage.inOrganisation(organisationId, (transaction) =>
    transaction
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(and(eq(users.organisationId, organisationId), eq(users.status, "active")))
      .orderBy(asc(users.name), asc(users.id)),
  );
}
