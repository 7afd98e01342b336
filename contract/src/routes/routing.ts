/** The Routing page, for admins: user groups, and the rules that lead new chats to them. */
import { routing, routingBody, triedRouting, tryRoutingBody } from "../routing.ts";
import { userParameters } from "../team.ts";
import {
  deletedGroup,
  groupBody,
  groupMembersBody,
  groupParameters,
  groupsOfUser,
  groupsOfUserBody,
  userGroupList,
} from "../user-groups.ts";
import { route } from "./route.ts";

export const listGroups = route("GET", "/api/user-groups", {
  summary: "Lists the user groups with their members",
  permission: "routing.manage",
  answer: userGroupList,
});
export const createGroup = route("POST", "/api/user-groups", {
  summary: "Makes a user group",
  permission: "routing.manage",
  body: groupBody,
  answer: userGroupList,
  refusals: ["group_taken", "too_many_groups"],
});
export const renameGroup = route("PATCH", "/api/user-groups/:groupId", {
  summary: "Renames a user group",
  permission: "routing.manage",
  params: groupParameters,
  body: groupBody,
  answer: userGroupList,
  refusals: ["group_unknown", "group_taken"],
});
export const setGroupMembers = route("PUT", "/api/user-groups/:groupId/members", {
  summary: "Sets who is in a user group",
  permission: "routing.manage",
  params: groupParameters,
  body: groupMembersBody,
  answer: userGroupList,
  refusals: ["group_unknown", "user_unknown"],
});
export const deleteGroup = route("DELETE", "/api/user-groups/:groupId", {
  summary: "Deletes a user group; chats that wait for it wait for everybody",
  permission: "routing.manage",
  params: groupParameters,
  answer: deletedGroup,
  refusals: ["group_unknown"],
});
export const readGroupsOfUser = route("GET", "/api/team/users/:userId/groups", {
  summary: "Lists the user groups, and which of them a user is in",
  permission: "routing.manage",
  params: userParameters,
  answer: groupsOfUser,
  refusals: ["user_unknown"],
});
export const setGroupsOfUser = route("PUT", "/api/team/users/:userId/groups", {
  summary: "Sets the user groups that a user is in",
  permission: "routing.manage",
  params: userParameters,
  body: groupsOfUserBody,
  answer: groupsOfUser,
  refusals: ["user_unknown", "group_unknown"],
});

export const readRouting = route("GET", "/api/routing", {
  summary: "Reads the routing rules in their order, and what is wrong with them",
  permission: "routing.manage",
  answer: routing,
});
export const changeRouting = route("PUT", "/api/routing", {
  summary: "Writes the routing rules anew, on top of the version that was read",
  permission: "routing.manage",
  body: routingBody,
  answer: routing,
  refusals: ["routing_changed", "group_unknown", "channel_unknown", "tag_unknown", "field_unknown"],
});
export const tryRouting = route("POST", "/api/routing/try", {
  summary: "Tells which rule wins for a customer, and why",
  permission: "routing.manage",
  body: tryRoutingBody,
  answer: triedRouting,
  refusals: ["customer_unknown"],
});
