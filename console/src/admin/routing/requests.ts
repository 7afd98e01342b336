import * as routes from "@grata/contract/routes/routing";
import type { Routing, RoutingBody, TryRouting } from "@grata/contract/routing";
import type { GroupsOfUser, UserGroup } from "@grata/contract/user-groups";
import { queryOptions } from "@tanstack/react-query";
import { call } from "../../session/http.ts";
import { queryClient } from "../../session/session-query.ts";

/** Presence and waiting chats change without anybody's doing here. */
const refreshMilliseconds = 10_000;

/** The user groups, looked at again every few seconds. */
export const groupsQuery = queryOptions({
  queryKey: ["routing", "groups"],
  queryFn: async () => (await call(routes.listGroups)).groups,
  staleTime: 0,
  refetchInterval: refreshMilliseconds,
});

/** The rules, with what is wrong with them. */
export const routingQuery = queryOptions({
  queryKey: ["routing", "rules"],
  queryFn: () => call(routes.readRouting),
  staleTime: 0,
});

/** Makes a group, or gives one another name and other members. The list is on screen when it resolves. */
export async function saveGroup(
  group: { id: string; name: string } | null,
  { name, userIds }: { name: string; userIds: string[] },
): Promise<void> {
  let { groups } =
    group === null
      ? await call(routes.createGroup, { body: { name } })
      : await call(routes.renameGroup, { params: { groupId: group.id }, body: { name } });
  const groupId = group?.id ?? groups.find((made) => made.name === name)?.id;
  keep(groups);
  if (groupId === undefined) return;
  ({ groups } = await call(routes.setGroupMembers, { params: { groupId }, body: { userIds } }));
  keep(groups);
  await queryClient.invalidateQueries({ queryKey: routingQuery.queryKey });
}

/** Deletes a group; resolves to how many chats wait for everybody now. */
export async function deleteGroup(groupId: string): Promise<number> {
  const { moved, groups } = await call(routes.deleteGroup, { params: { groupId } });
  keep(groups);
  await queryClient.invalidateQueries({ queryKey: routingQuery.queryKey });
  return moved;
}

function keep(groups: UserGroup[]): void {
  queryClient.setQueryData(groupsQuery.queryKey, groups);
}

/** Writes the rules anew. */
export async function saveRouting(body: RoutingBody): Promise<Routing> {
  const saved = await call(routes.changeRouting, { body });
  queryClient.setQueryData(routingQuery.queryKey, saved);
  return saved;
}

/** Tells which rule wins. */
export function tryRouting(body: TryRouting) {
  return call(routes.tryRouting, { body });
}

/** The groups of one user. */
export const groupsOfUserQuery = (userId: string) =>
  queryOptions({
    queryKey: ["routing", "groups-of", userId],
    queryFn: () => call(routes.readGroupsOfUser, { params: { userId } }),
    staleTime: 0,
  });

/** Sets the groups of one user. */
export async function setGroupsOfUser(userId: string, groupIds: string[]): Promise<GroupsOfUser> {
  const saved = await call(routes.setGroupsOfUser, { params: { userId }, body: { groupIds } });
  queryClient.setQueryData(groupsOfUserQuery(userId).queryKey, saved);
  return saved;
}
