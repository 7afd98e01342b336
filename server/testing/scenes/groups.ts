import { and, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { conversations } from "../../src/foundation/schema/conversations.ts";
import { userGroupMembers, userGroups } from "../../src/foundation/schema/user-groups.ts";
import type { WithStorage } from "./people.ts";

/** Makes a user group with these members; returns its id, which is its queue's too. */
export async function makeGroup(
  { services }: WithStorage,
  organisationId: string,
  userIds: string[],
): Promise<string> {
  const groupId = newId();
  await services.storage.inOrganisation(organisationId, async (transaction) => {
    await transaction.insert(userGroups).values({ organisationId, id: groupId, name: "Returns" });
    if (userIds.length === 0) return;
    await transaction
      .insert(userGroupMembers)
      .values(userIds.map((userId) => ({ organisationId, groupId, userId })));
  });
  return groupId;
}

/** Takes a user out of a group. */
export async function leaveGroup(
  { services }: WithStorage,
  organisationId: string,
  member: { groupId: string; userId: string },
): Promise<void> {
  await services.storage.inOrganisation(organisationId, (transaction) =>
    transaction
      .delete(userGroupMembers)
      .where(
        and(
          eq(userGroupMembers.organisationId, organisationId),
          eq(userGroupMembers.groupId, member.groupId),
          eq(userGroupMembers.userId, member.userId),
        ),
      ),
  );
}

/** Lets a chat stand in another queue, as routing will, before anybody has seen it. */
export async function putInQueue(
  { services }: WithStorage,
  organisationId: string,
  chat: { id: string; queueId: string },
): Promise<void> {
  await services.storage.inOrganisation(organisationId, (transaction) =>
    transaction
      .update(conversations)
      .set({ queueId: chat.queueId })
      .where(and(eq(conversations.organisationId, organisationId), eq(conversations.id, chat.id))),
  );
}
