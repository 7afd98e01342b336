/** User groups: whom an agent is designated for. Each has a wait list of its own. */
import * as z from "zod/mini";
import { identifier } from "./identifier.ts";
import { name } from "./text.ts";

export const groupsLimit = 100;
export const groupMembersLimit = 2_000;

export const userGroup = z.object({
  id: identifier,
  name: z.string(),
  /** Active users, by name. */
  members: z.array(z.object({ id: identifier, name: z.string() })),
  /** How many of them are there for new chats now. */
  present: z.int(),
  /** How many chats wait for them. */
  waiting: z.int(),
});
export type UserGroup = z.infer<typeof userGroup>;

export const userGroupList = z.object({ groups: z.array(userGroup) });
export const groupParameters = z.object({ groupId: identifier });
export const groupBody = z.object({ name });
export const groupMembersBody = z.object({
  userIds: z.array(identifier).check(z.maxLength(groupMembersLimit)),
});
/** Answer to the deletion of a group: the number of its waiting chats that wait for everybody now. */
export const deletedGroup = z.object({ moved: z.int(), groups: z.array(userGroup) });

/** The groups of one user, as their profile shows and sets them. */
export const groupsOfUser = z.object({
  groups: z.array(z.object({ id: identifier, name: z.string(), member: z.boolean() })),
});
export type GroupsOfUser = z.infer<typeof groupsOfUser>;
export const groupsOfUserBody = z.object({ groupIds: z.array(identifier).check(z.maxLength(groupsLimit)) });
