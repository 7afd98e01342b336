/** My Team > Users, for admins. */
import {
  invitationLink,
  manyInvitations,
  manyInvitationsReport,
  newInvitation,
  userChanges,
  userParameters,
  userProfile,
  usersPage,
  usersQuery,
} from "../team.ts";
import { route } from "./route.ts";

export const listUsers = route("GET", "/api/team/users", {
  summary: "Lists users, by filters, a page after the other",
  permission: "team.manage",
  query: usersQuery,
  answer: usersPage,
});
export const readUser = route("GET", "/api/team/users/:userId", {
  summary: "Reads a user with their sessions",
  permission: "team.manage",
  params: userParameters,
  answer: userProfile,
  refusals: ["user_unknown"],
});
export const changeUser = route("PATCH", "/api/team/users/:userId", {
  summary: "Changes name, role or language of a user; what is left out stays",
  permission: "team.manage",
  params: userParameters,
  body: userChanges,
  answer: userProfile,
  refusals: ["user_unknown", "last_admin"],
});
export const disableUser = route("POST", "/api/team/users/:userId/disable", {
  summary: "Disables a user: their sessions end, and their chats go back to the wait list",
  permission: "team.manage",
  params: userParameters,
  answer: userProfile,
  refusals: ["user_unknown", "user_not_active", "last_admin"],
});
export const enableUser = route("POST", "/api/team/users/:userId/enable", {
  summary: "Lets a disabled user sign in again",
  permission: "team.manage",
  params: userParameters,
  answer: userProfile,
  refusals: ["user_unknown", "user_not_disabled"],
});
export const unlockUser = route("POST", "/api/team/users/:userId/unlock", {
  summary: "Unlocks a user who gave a wrong password too often",
  permission: "team.manage",
  params: userParameters,
  answer: userProfile,
  refusals: ["user_unknown", "user_not_locked"],
});
export const endSessionsOfUser = route("POST", "/api/team/users/:userId/end-sessions", {
  summary: "Ends all sessions of a user",
  permission: "team.manage",
  params: userParameters,
  answer: userProfile,
  refusals: ["user_unknown"],
});
export const resetSecondFactor = route("POST", "/api/team/users/:userId/reset-second-factor", {
  summary: "Takes a user's second factors away, so that they sign in by their password alone",
  permission: "team.manage",
  params: userParameters,
  answer: userProfile,
  refusals: ["user_unknown", "second_factor_absent", "forbidden"],
});

export const invite = route("POST", "/api/team/invitations", {
  summary: "Invites somebody by mail",
  permission: "team.manage",
  body: newInvitation,
  answer: userProfile,
  refusals: ["email_taken", "too_many_requests"],
});
export const inviteMany = route("POST", "/api/team/invitations/many", {
  summary: "Invites several; each line is judged by itself",
  permission: "team.manage",
  body: manyInvitations,
  answer: manyInvitationsReport,
  refusals: ["too_many_requests"],
});
export const resendInvitation = route("POST", "/api/team/users/:userId/invitation", {
  summary: "Sends an invitation again; the older link stops working",
  permission: "team.manage",
  params: userParameters,
  answer: userProfile,
  refusals: ["user_unknown", "user_not_invited", "too_many_requests"],
});
export const cancelInvitation = route("DELETE", "/api/team/users/:userId/invitation", {
  summary: "Cancels an invitation; the user is gone",
  permission: "team.manage",
  params: userParameters,
  refusals: ["user_unknown", "user_not_invited"],
});
export const copyInvitationLink = route("POST", "/api/team/users/:userId/invitation/link", {
  summary: "Makes one more link to an invitation, to hand over; once one is used none works",
  permission: "team.manage",
  params: userParameters,
  answer: invitationLink,
  refusals: ["user_unknown", "user_not_invited"],
});
