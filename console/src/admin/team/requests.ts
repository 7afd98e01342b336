import * as routes from "@grata/contract/routes/team";
import type {
  ManyInvitations,
  NewInvitation,
  UserChanges,
  UserProfile,
  UsersQuery,
} from "@grata/contract/team";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "../../session/http.ts";
import { queryClient } from "../../session/session-query.ts";

/** The users that a search finds, a page after the other. What others do to the team shows at the next visit. */
export const usersQuery = (query: UsersQuery) =>
  infiniteQueryOptions({
    queryKey: ["team", "users", query],
    queryFn: ({ pageParam }) => call(routes.listUsers, { query: { ...query, cursor: pageParam } }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** One user with their sessions. */
export const userQuery = (userId: string) =>
  queryOptions({
    queryKey: ["team", "user", userId],
    queryFn: () => call(routes.readUser, { params: { userId } }),
    staleTime: 0,
  });

/** Invites one person. */
export async function invite(body: NewInvitation): Promise<UserProfile> {
  return keepUser(await call(routes.invite, { body }));
}

/** Invites several, and answers with a report for each line. */
export async function inviteMany(body: ManyInvitations) {
  const report = await call(routes.inviteMany, { body });
  await refreshUsers();
  return report.lines;
}

/** Changes what an admin may change of a user. */
export async function changeUser(userId: string, body: UserChanges): Promise<UserProfile> {
  return keepUser(await call(routes.changeUser, { params: { userId }, body }));
}

/** Actions on a user that need no form; `invitation` sends a new one. */
const deeds = {
  disable: routes.disableUser,
  enable: routes.enableUser,
  unlock: routes.unlockUser,
  "end-sessions": routes.endSessionsOfUser,
  invitation: routes.resendInvitation,
  "reset-second-factor": routes.resetSecondFactor,
};
export type UserDeed = keyof typeof deeds;

/** Does it. */
export async function doToUser(userId: string, deed: UserDeed): Promise<UserProfile> {
  return keepUser(await call(deeds[deed], { params: { userId } }));
}

/** Takes an invitation back: its links stop working, and the user is gone. */
export async function cancelInvitation(userId: string): Promise<void> {
  await call(routes.cancelInvitation, { params: { userId } });
  await refreshUsers();
}

/** One more link to an invitation, to hand over by another way than mail. */
export function makeInvitationLink(userId: string) {
  return call(routes.copyInvitationLink, { params: { userId } });
}

/** Users whose names or addresses hold this text, for a choice of one. */
export async function findUsers(search: string): Promise<{ id: string; name: string }[]> {
  const { users } = await call(routes.listUsers, { query: { search } });
  return users.map(({ id, name }) => ({ id, name }));
}

/** Shows a user as the server has answered. */
export async function keepUser(profile: UserProfile): Promise<UserProfile> {
  queryClient.setQueryData(userQuery(profile.user.id).queryKey, profile);
  await refreshUsers();
  return profile;
}

function refreshUsers(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ["team", "users"] });
}
