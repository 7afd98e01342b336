import type { UserProfile } from "@grata/contract/team";
import { and, eq } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { users } from "../../foundation/schema/accounts.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { type EndedSession, endSessions } from "../accounts/end-sessions.ts";
import { revokeLinks } from "../accounts/links.ts";
import { noteAudit } from "../audit/note.ts";
import type { Change } from "../conversations/changes.ts";
import { authorOf } from "../conversations/entry.ts";
import { releaseChats } from "../conversations/release.ts";
import { lockUser, lockUserAndAdmins, readProfile } from "./read.ts";

/** What was done to a user, and what has to be told of it. */
export type Done = { profile: UserProfile; ended: EndedSession[]; changes: Change[] };

/**
 * Shuts a user out at once: sessions and recovery links end, their chats go back to the wait list. The last active
 * admin stays (`last_admin`).
 */
export function disableUser(storage: Storage, asker: Asker, userId: string): Promise<Done> {
  const admin = requireUser(asker, "team.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const { user, isLastAdmin } = await lockUserAndAdmins(transaction, admin, userId);
    if (user.status !== "active" && user.status !== "locked") throw new Refusal("user_not_active");
    if (isLastAdmin) throw new Refusal("last_admin");
    await transaction
      .update(users)
      .set({ status: "disabled" })
      .where(and(eq(users.organisationId, organisationId), eq(users.id, userId)));
    await revokeLinks(transaction, { organisationId, userId }, "recovery");
    const ended = await endSessions(transaction, { organisationId, userId }, "disabled");
    await noteAudit(transaction, organisationId, admin, "user.disabled", user);
    const profile = await readProfile(transaction, admin, userId);
    const changes = await releaseChats(transaction, { organisationId, userId }, authorOf(admin));
    return { profile, ended, changes };
  });
}

/** Lets a disabled user sign in again, with the password that they had. */
export function enableUser(storage: Storage, asker: Asker, userId: string): Promise<UserProfile> {
  const admin = requireUser(asker, "team.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const user = await lockUser(transaction, organisationId, userId);
    if (user.status !== "disabled") throw new Refusal("user_not_disabled");
    await transaction
      .update(users)
      .set({ status: "active", failedAttempts: 0, lockedAt: null })
      .where(and(eq(users.organisationId, organisationId), eq(users.id, userId)));
    await noteAudit(transaction, organisationId, admin, "user.enabled", user);
    return readProfile(transaction, admin, userId);
  });
}

/** Gives a locked user their attempts back. */
export function unlockUser(storage: Storage, asker: Asker, userId: string): Promise<UserProfile> {
  const admin = requireUser(asker, "team.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const user = await lockUser(transaction, organisationId, userId);
    if (user.status !== "locked") throw new Refusal("user_not_locked");
    await transaction
      .update(users)
      .set({ failedAttempts: 0, lockedAt: null })
      .where(and(eq(users.organisationId, organisationId), eq(users.id, userId)));
    await noteAudit(transaction, organisationId, admin, "user.unlocked", user);
    return readProfile(transaction, admin, userId);
  });
}

/** Signs a user out everywhere. */
export function endSessionsOfUser(storage: Storage, asker: Asker, userId: string): Promise<Done> {
  const admin = requireUser(asker, "team.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const user = await lockUser(transaction, organisationId, userId);
    const ended = await endSessions(transaction, { organisationId, userId }, "signed_out");
    await noteAudit(transaction, organisationId, admin, "user.sessions_ended", user);
    return { profile: await readProfile(transaction, admin, userId), ended, changes: [] };
  });
}
