import type { UserGroup } from "@grata/contract/user-groups";
import { and, asc, eq, inArray } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { conversations } from "../../foundation/schema/conversations.ts";
import { userGroups } from "../../foundation/schema/user-groups.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { noteAudit } from "../audit/note.ts";
import type { Change } from "../conversations/changes.ts";
import { openToEverybody } from "../conversations/open-to-everybody.ts";
import { readGroups } from "./list.ts";
import { lockGroup } from "./write.ts";

type Deleted = { moved: number; groups: UserGroup[]; changes: Change[] };

/**
 * Deletes a group. Chats that wait for it wait for everybody now: the first of them at once, the others a second later
 * by a worker. Chats that are served stay with their agents, and closed ones with whoever saw them. Rules that lead to
 * it stay, are skipped and pointed out.
 */
export function deleteGroup(storage: Storage, asker: Asker, groupId: string): Promise<Deleted> {
  const admin = requireUser(asker, "routing.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const group = await lockGroup(transaction, organisationId, groupId);
    const waiting = (await readGroups(transaction, organisationId)).find(({ id }) => id === groupId)?.waiting;
    await transaction
      .delete(userGroups)
      .where(and(eq(userGroups.organisationId, organisationId), eq(userGroups.id, groupId)));
    await noteAudit(transaction, organisationId, admin, "group.deleted", group);
    await leaveServedToEverybody(transaction, organisationId, groupId);
    const groups = await readGroups(transaction, organisationId);
    const changes = await openToEverybody(transaction, { organisationId, queueId: groupId }, "group_deleted");
    return { moved: waiting ?? 0, groups, changes };
  });
}

/** If these go back to the wait list, they wait for everybody. */
async function leaveServedToEverybody(
  transaction: Transaction,
  organisationId: string,
  groupId: string,
): Promise<void> {
  const served = and(
    eq(conversations.organisationId, organisationId),
    eq(conversations.queueId, groupId),
    eq(conversations.status, "claimed"),
  );
  const held = transaction
    .select({ id: conversations.id })
    .from(conversations)
    .where(served)
    .orderBy(asc(conversations.id))
    .for("no key update");
  await transaction
    .update(conversations)
    .set({ queueId: organisationId })
    .where(and(eq(conversations.organisationId, organisationId), inArray(conversations.id, held)));
}
