import { groupsLimit, type UserGroup } from "@grata/contract/user-groups";
import { and, asc, eq, inArray } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { userGroups } from "../../foundation/schema/user-groups.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { noteAudit } from "../audit/note.ts";
import { lockOrganisation } from "../organisations/lock-organisation.ts";
import { readGroups } from "./list.ts";

/** Makes a group. Throws `group_taken` for a name that another one has, in whatever case, and `too_many_groups`. */
export function createGroup(
  storage: Storage,
  asker: Asker,
  { name }: { name: string },
): Promise<UserGroup[]> {
  const admin = requireUser(asker, "routing.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    await lockOrganisation(transaction, organisationId);
    const groups = await readNames(transaction, organisationId);
    if (groups.length >= groupsLimit) throw new Refusal("too_many_groups");
    requireFree(groups, name);
    const group = { id: newId(), name };
    await transaction.insert(userGroups).values({ organisationId, ...group });
    await noteAudit(transaction, organisationId, admin, "group.created", group);
    return readGroups(transaction, organisationId);
  });
}

/** Gives a group another name. Throws `group_unknown` and `group_taken`. */
export function renameGroup(
  storage: Storage,
  asker: Asker,
  groupId: string,
  { name }: { name: string },
): Promise<UserGroup[]> {
  const admin = requireUser(asker, "routing.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    await lockOrganisation(transaction, organisationId);
    const groups = await readNames(transaction, organisationId);
    const before = groups.find(({ id }) => id === groupId);
    if (!before) throw new Refusal("group_unknown");
    requireFree(
      groups.filter((group) => group !== before),
      name,
    );
    if (before.name !== name) {
      await transaction
        .update(userGroups)
        .set({ name })
        .where(and(eq(userGroups.organisationId, organisationId), eq(userGroups.id, groupId)));
      const changes = { name: { from: before.name, to: name } };
      await noteAudit(transaction, organisationId, admin, "group.renamed", { id: groupId, name }, changes);
    }
    return readGroups(transaction, organisationId);
  });
}

type Named = { id: string; name: string };

function readNames(transaction: Transaction, organisationId: string): Promise<Named[]> {
  return transaction
    .select({ id: userGroups.id, name: userGroups.name })
    .from(userGroups)
    .where(eq(userGroups.organisationId, organisationId));
}

function requireFree(groups: readonly Named[], name: string): void {
  const key = name.toLowerCase();
  if (groups.some((group) => group.name.toLowerCase() === key))
    throw new Refusal("group_taken", { fields: { name: "group_taken" } });
}

/** Locks a group against its deletion and other changes of its members. Throws `group_unknown`. */
export async function lockGroup(
  transaction: Transaction,
  organisationId: string,
  groupId: string,
): Promise<Named> {
  const [group] = await lockGroups(transaction, organisationId, [groupId]);
  if (!group) throw new Refusal("group_unknown");
  return group;
}

/** The same for several. */
export async function lockGroups(
  transaction: Transaction,
  organisationId: string,
  groupIds: readonly string[],
): Promise<Named[]> {
  if (groupIds.length === 0) return [];
  const held = await transaction
    .select({ id: userGroups.id, name: userGroups.name })
    .from(userGroups)
    .where(and(eq(userGroups.organisationId, organisationId), inArray(userGroups.id, [...groupIds])))
    .orderBy(asc(userGroups.id))
    .for("no key update");
  if (held.length < groupIds.length) throw new Refusal("group_unknown");
  return held;
}
