import type { NotificationPreference } from "@grata/contract/http";
import type { Language } from "@grata/contract/languages";
import type { DeviceKind, Role } from "@grata/contract/team";
import { and, eq, lt, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Browser, Identities, SignedIn, User } from "../../foundation/access/principal.ts";
import { permissionsHeldBy, rolesWith } from "../../foundation/access/roles.ts";
import { sessionLifetimeSeconds } from "../../foundation/http/session-cookie.ts";
import { sessions, users } from "../../foundation/schema/accounts.ts";
import { hashSecret, newSecret } from "../../foundation/secrets/token.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";

/** Being seen is written down at most so often. */
export const seenEverySeconds = 300;

type SessionRow = {
  organisation_id: string;
  session_id: string;
  last_seen_at: Date;
  user_id: string;
  name: string;
  email: string;
  role: Role;
  language: Language;
  time_zone: string | null;
  notifications: NotificationPreference;
  organisation_name: string;
  organisation_time_zone: string;
  default_language: Language;
  inactivity_minutes: number | null;
  second_factor_missing: boolean;
  /** The queues that they see. */
  groups: string[];
  identities: Identities;
};

/** Finds the session of a cookie's token, or null when there is none that is still good. */
export async function findSession(storage: Storage, token: string): Promise<SignedIn | null> {
  const [row] = await storage.system<SessionRow>("system_principal_of_session", [
    hashSecret(token),
    rolesWith("conversations.readAll"),
  ]);
  if (!row) return null;
  if (Date.now() - row.last_seen_at.getTime() > seenEverySeconds * 1000) {
    await markSeen(storage, {
      organisationId: row.organisation_id,
      userId: row.user_id,
      sessionId: row.session_id,
    });
  }
  const { organisation_id: organisationId, user_id: userId, name, role, language } = row;
  return {
    principal: {
      kind: "user",
      organisationId,
      userId,
      sessionId: row.session_id,
      name,
      role,
      identities: row.identities,
      queues: row.groups,
      language,
      secondFactorMissing: row.second_factor_missing,
    },
    profile: {
      secondFactorMissing: row.second_factor_missing,
      user: {
        id: userId,
        name,
        email: row.email,
        role,
        permissions: permissionsHeldBy(role),
        language,
        timeZone: row.time_zone,
        notifications: row.notifications,
      },
      organisation: {
        id: organisationId,
        name: row.organisation_name,
        timeZone: row.organisation_time_zone,
        defaultLanguage: row.default_language,
        inactivityMinutes: row.inactivity_minutes,
      },
    },
  };
}

/** Writes down that a user is here now, by this session. */
export async function markSeen(
  storage: Storage,
  { organisationId, userId, sessionId }: Pick<User, "organisationId" | "userId" | "sessionId">,
): Promise<void> {
  await storage.inOrganisation(organisationId, async (transaction) => {
    await transaction
      .update(users)
      .set({ lastSeenAt: sql`now()` })
      .where(and(eq(users.organisationId, organisationId), eq(users.id, userId)));
    await transaction
      .update(sessions)
      .set({ lastSeenAt: sql`now()` })
      .where(and(eq(sessions.organisationId, organisationId), eq(sessions.id, sessionId)));
  });
}

/** Phones and tablets say so, or name their system. */
export function deviceOf(userAgent: string): DeviceKind {
  return /\bMobi|Android|iPhone|iPad|HarmonyOS/i.test(userAgent) ? "phone" : "desktop";
}

/** Begins a session in the transaction at hand and returns the token for the cookie. Clears this user's dead ones. */
export async function beginSession(
  transaction: Transaction,
  user: { organisationId: string; userId: string },
  { userAgent, address }: Browser,
): Promise<string> {
  const { secret, hash } = newSecret();
  await transaction
    .delete(sessions)
    .where(
      and(
        eq(sessions.organisationId, user.organisationId),
        eq(sessions.userId, user.userId),
        lt(sessions.expiresAt, sql`now() - interval '1 day'`),
      ),
    );
  await transaction.insert(sessions).values({
    organisationId: user.organisationId,
    id: newId(),
    tokenHash: hash,
    userId: user.userId,
    userAgent: userAgent.slice(0, 300),
    device: deviceOf(userAgent),
    address,
    expiresAt: sql`now() + make_interval(secs => ${sessionLifetimeSeconds})`,
  });
  await transaction
    .update(users)
    .set({ lastSeenAt: sql`now()` })
    .where(and(eq(users.organisationId, user.organisationId), eq(users.id, user.userId)));
  return secret;
}
