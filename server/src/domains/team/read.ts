import type { UserProfile } from "@grata/contract/team";
import { and, asc, eq, inArray, or, type SQL } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { holds, rolesWith } from "../../foundation/access/roles.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { users } from "../../foundation/schema/accounts.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { readSessions } from "../accounts/own-sessions.ts";
import { hasFactor, presentUser, type ShownUser, shownUser } from "./present.ts";

type Place = { organisationId: string; sessionId: string };

const byId = (organisationId: string, userId: string) =>
  and(eq(users.organisationId, organisationId), eq(users.id, userId));

/** A user's profile as an admin sees it. */
export function readUser(storage: Storage, asker: Asker, userId: string): Promise<UserProfile> {
  const admin = requireUser(asker, "team.manage");
  return storage.inOrganisation(admin.organisationId, (transaction) =>
    readProfile(transaction, admin, userId),
  );
}

/** The profile as the transaction at hand has made it. Throws `user_unknown`. */
export async function readProfile(
  transaction: Transaction,
  { organisationId, sessionId }: Place,
  userId: string,
): Promise<UserProfile> {
  const [user] = await transaction
    .select({ ...shownUser, secondFactor: hasFactor })
    .from(users)
    .where(byId(organisationId, userId));
  if (!user) throw new Refusal("user_unknown");
  return {
    user: presentUser(user),
    sessions: await readSessions(transaction, { organisationId, userId }, sessionId),
    secondFactor: user.secondFactor,
  };
}

/** Locks a user of the team until the transaction ends. Throws `user_unknown`. */
export async function lockUser(
  transaction: Transaction,
  organisationId: string,
  userId: string,
): Promise<ShownUser> {
  const [user] = await lockUsers(transaction, byId(organisationId, userId));
  if (!user) throw new Refusal("user_unknown");
  return user;
}

/**
 * Locks a user together with every admin who is active, always in the same order: of two admins who disable each other
 * at one moment the second finds that they are none any more (`forbidden`).
 */
export async function lockUserAndAdmins(
  transaction: Transaction,
  admin: { organisationId: string; userId: string },
  userId: string,
): Promise<{ user: ShownUser; isLastAdmin: boolean }> {
  const { organisationId } = admin;
  const admins = and(inArray(users.role, rolesWith("team.manage")), eq(users.status, "active"));
  const rows = await lockUsers(
    transaction,
    and(eq(users.organisationId, organisationId), or(eq(users.id, userId), admins)),
  );
  const able = rows.filter((row) => holds(row, "team.manage") && row.status === "active");
  const stillAdmin = rows.find((row) => row.id === admin.userId);
  if (!stillAdmin || !holds(stillAdmin, "team.manage") || stillAdmin.status === "disabled")
    throw new Refusal("forbidden");
  const user = rows.find((row) => row.id === userId);
  if (!user) throw new Refusal("user_unknown");
  const others = able.filter((row) => row.id !== userId);
  return { user, isLastAdmin: holds(user, "team.manage") && others.length === 0 };
}

function lockUsers(transaction: Transaction, which: SQL | undefined): Promise<ShownUser[]> {
  return transaction
    .select(shownUser)
    .from(users)
    .where(which)
    .orderBy(asc(users.id))
    .for("no key update", { of: users });
}
