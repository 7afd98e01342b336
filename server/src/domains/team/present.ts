import { attemptsAllowed } from "@grata/contract/sign-in-attempts";
import type { TeamUser, UserStatus } from "@grata/contract/team";
import { sql } from "drizzle-orm";
import { links, users } from "../../foundation/schema/accounts.ts";

/** The status that is shown: somebody locked is active, and out of attempts. */
export const shownStatus = sql<UserStatus>`CASE
  WHEN ${users.status} = 'active' AND ${users.failedAttempts} >= ${sql.raw(String(attemptsAllowed))} THEN 'locked'
  ELSE ${users.status} END`;

/** What is read of a user, to be presented. */
export const shownUser = {
  id: users.id,
  name: users.name,
  email: users.email,
  role: users.role,
  language: users.language,
  status: shownStatus,
  lastSeenAt: users.lastSeenAt,
  createdAt: users.createdAt,
  /** By their world, under the name that customers see in the organisation's language. */
  identities: sql<TeamUser["identities"]>`(
    SELECT COALESCE(json_object_agg(i.world, json_build_object(
      'id', i.id, 'name', grata_shown_names(i.organisation_id, i.names) -> 0 ->> 'name')), '{}')
    FROM user_identities w
    JOIN agent_identities i ON (i.organisation_id, i.id) = (w.organisation_id, w.identity_id)
    WHERE (w.organisation_id, w.user_id) = (users.organisation_id, users.id))`,
  invitationExpiresAt: sql<Date | null>`(
    SELECT max(l.expires_at) FROM links l
    WHERE (l.organisation_id, l.user_id) = (${users.organisationId}, ${users.id})
      AND l.kind = 'invitation' AND l.used_at IS NULL AND l.revoked_at IS NULL)`.mapWith(links.expiresAt),
};

/** Whether they sign in with a second step. Only the profile tells. */
export const hasFactor = sql<boolean>`grata_has_factor(${users.organisationId}, ${users.id})`;

export type ShownUser = Omit<TeamUser, "lastSeenAt" | "createdAt" | "invitationExpiresAt"> & {
  lastSeenAt: Date | null;
  createdAt: Date;
  invitationExpiresAt: Date | null;
};

export function presentUser(user: ShownUser): TeamUser {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    language: user.language,
    status: user.status,
    lastSeenAt: user.lastSeenAt?.getTime() ?? null,
    createdAt: user.createdAt.getTime(),
    identities: user.identities,
    invitationExpiresAt: user.status === "invited" ? (user.invitationExpiresAt?.getTime() ?? null) : null,
  };
}
