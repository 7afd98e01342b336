import type { GroupsOfUser, UserGroup } from "@grata/contract/user-groups";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { users } from "../../foundation/schema/accounts.ts";
import { userGroupMembers } from "../../foundation/schema/user-groups.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { noteAudit } from "../audit/note.ts";
import { readGroups } from "./list.ts";
import { lockGroup, lockGroups } from "./write.ts";

/** Sets who is in a group. What they see follows within seconds, chats that they serve stay theirs. */
export function setGroupMembers(
  storage: Storage,
  asker: Asker,
  groupId: string,
  { userIds }: { userIds: readonly string[] },
): Promise<UserGroup[]> {
  const admin = requireUser(asker, "routing.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const group = await lockGroup(transaction, organisationId, groupId);
    const before = await readMembers(transaction, organisationId, groupId);
    const wanted = await readUsers(transaction, organisationId, userIds);
    await replace(
      transaction,
      and(eq(userGroupMembers.organisationId, organisationId), eq(userGroupMembers.groupId, groupId)),
      wanted.map(({ id: userId }) => ({ organisationId, groupId, userId })),
    );
    const [from, to] = [namesOf(before), namesOf(wanted)];
    if (from !== to) {
      const changes = { members: { from, to } };
      await noteAudit(transaction, organisationId, admin, "group.members_changed", group, changes);
    }
    return readGroups(transaction, organisationId);
  });
}

/** Lists the groups with whether a user is in each. Throws `user_unknown`. */
export function readGroupsOfUser(storage: Storage, asker: Asker, userId: string): Promise<GroupsOfUser> {
  const { organisationId } = requireUser(asker, "routing.manage");
  return storage.inOrganisation(organisationId, async (transaction) => {
    await readUsers(transaction, organisationId, [userId]);
    return { groups: await readOfUser(transaction, organisationId, userId) };
  });
}

/** Sets the groups that a user is in. Throws `user_unknown` and `group_unknown`. */
export function setGroupsOfUser(
  storage: Storage,
  asker: Asker,
  userId: string,
  { groupIds }: { groupIds: readonly string[] },
): Promise<GroupsOfUser> {
  const admin = requireUser(asker, "routing.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const [user] = await readUsers(transaction, organisationId, [userId]);
    if (!user) throw new Refusal("user_unknown");
    const wanted = [...new Set(groupIds)];
    await lockGroups(transaction, organisationId, wanted);
    const before = await readOfUser(transaction, organisationId, userId);
    await replace(
      transaction,
      and(eq(userGroupMembers.organisationId, organisationId), eq(userGroupMembers.userId, userId)),
      wanted.map((groupId) => ({ organisationId, groupId, userId })),
    );
    const groups = await readOfUser(transaction, organisationId, userId);
    const ofThem = (all: GroupsOfUser["groups"]) => namesOf(all.filter(({ member }) => member));
    const [from, to] = [ofThem(before), ofThem(groups)];
    if (from !== to)
      await noteAudit(transaction, organisationId, admin, "user.changed", user, { groups: { from, to } });
    return { groups };
  });
}

type Named = { id: string; name: string };

/** As the audit log keeps them. */
const namesOf = (all: readonly Named[]) =>
  all
    .map(({ name }) => name)
    .join(", ")
    .slice(0, 1_000);

async function replace(
  transaction: Transaction,
  those: ReturnType<typeof and>,
  rows: (typeof userGroupMembers.$inferInsert)[],
): Promise<void> {
  await transaction.delete(userGroupMembers).where(those);
  if (rows.length > 0) await transaction.insert(userGroupMembers).values(rows).onConflictDoNothing();
}

async function readUsers(
  transaction: Transaction,
  organisationId: string,
  userIds: readonly string[],
): Promise<Named[]> {
  const wanted = [...new Set(userIds)];
  if (wanted.length === 0) return [];
  const found = await transaction
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(and(eq(users.organisationId, organisationId), inArray(users.id, wanted)))
    .orderBy(sql`lower(${users.name})`, users.id);
  if (found.length < wanted.length) throw new Refusal("user_unknown");
  return found;
}

async function readMembers(
  transaction: Transaction,
  organisationId: string,
  groupId: string,
): Promise<Named[]> {
  const { rows } = await transaction.execute<Named>(sql`
    SELECT u.id, u.name FROM user_group_members m
    JOIN users u ON (u.organisation_id, u.id) = (m.organisation_id, m.user_id)
    WHERE m.organisation_id = ${organisationId} AND m.group_id = ${groupId} ORDER BY lower(u.name), u.id`);
  return rows;
}

async function readOfUser(
  transaction: Transaction,
  organisationId: string,
  userId: string,
): Promise<GroupsOfUser["groups"]> {
  const { rows } = await transaction.execute<GroupsOfUser["groups"][number]>(sql`
    SELECT g.id, g.name, EXISTS (
      SELECT FROM user_group_members m
      WHERE (m.organisation_id, m.group_id, m.user_id) = (g.organisation_id, g.id, ${userId})) AS member
    FROM user_groups g WHERE g.organisation_id = ${organisationId} ORDER BY lower(g.name), g.id`);
  return rows;
}
