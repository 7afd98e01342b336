import { empty } from "@grata/contract/http";
import {
  invitationLink,
  type ManyInvitations,
  manyInvitationsReport,
  type NewInvitation,
  type UserChanges,
  type UserProfile,
  type UsersQuery,
  userProfile,
  usersPage,
} from "@grata/contract/team";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ask } from "../../session/http.ts";
import { queryClient } from "../../session/session-query.ts";
import { pathWith } from "../../ui/pages/path-with.ts";

const users = "/api/team/users";
const invitations = "/api/team/invitations";

/** The users that a search finds, a page after the other. What others do to the team shows at the next visit. */
export const usersQuery = (query: UsersQuery) =>
  infiniteQueryOptions({
    queryKey: ["team", "users", query],
    queryFn: ({ pageParam }) => ask({ method: "GET", path: pathWith(users, query, pageParam) }, usersPage),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** One user with their sessions. */
export const userQuery = (id: string) =>
  queryOptions({
    queryKey: ["team", "user", id],
    queryFn: () => ask({ method: "GET", path: `${users}/${id}` }, userProfile),
    staleTime: 0,
  });

/** Invites one person. */
export async function invite(body: NewInvitation): Promise<UserProfile> {
  return keep(await ask({ method: "POST", path: invitations, body }, userProfile));
}

/** Invites several, and answers with a report for each line. */
export async function inviteMany(body: ManyInvitations) {
  const report = await ask({ method: "POST", path: `${invitations}/many`, body }, manyInvitationsReport);
  await refreshUsers();
  return report.lines;
}

/** Changes what an admin may change of a user. */
export async function changeUser(id: string, body: UserChanges): Promise<UserProfile> {
  return keep(await ask({ method: "PATCH", path: `${users}/${id}`, body }, userProfile));
}

/** What an admin does to a user with a click; the address ends with it; `invitation` sends a new one. */
export type UserDeed =
  | "disable"
  | "enable"
  | "unlock"
  | "end-sessions"
  | "invitation"
  | "reset-second-factor";

/** Does it. */
export async function doToUser(id: string, deed: UserDeed): Promise<UserProfile> {
  return keep(await ask({ method: "POST", path: `${users}/${id}/${deed}` }, userProfile));
}

/** Takes an invitation back: its links stop working, and the user is gone. */
export async function cancelInvitation(id: string): Promise<void> {
  await ask({ method: "DELETE", path: `${users}/${id}/invitation` }, empty);
  await refreshUsers();
}

/** One more link to an invitation, to hand over by another way than mail. */
export function makeInvitationLink(id: string) {
  return ask({ method: "POST", path: `${users}/${id}/invitation/link` }, invitationLink);
}

async function keep(profile: UserProfile): Promise<UserProfile> {
  queryClient.setQueryData(userQuery(profile.user.id).queryKey, profile);
  await refreshUsers();
  return profile;
}

function refreshUsers(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ["team", "users"] });
}
