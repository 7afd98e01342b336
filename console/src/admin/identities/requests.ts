import type { AgentIdentity, IdentitiesQuery, IdentityInput } from "@grata/contract/agent-identities";
import * as routes from "@grata/contract/routes/agent-identities";
import type { IdentityWorld } from "@grata/contract/shown-as";
import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { call } from "../../session/http.ts";
import { queryClient } from "../../session/session-query.ts";
import { keepUser } from "../team/requests.ts";

const key = "agent-identities";

/** The identities that a search finds, a page after the other. */
export const identitiesQuery = (query: IdentitiesQuery) =>
  infiniteQueryOptions({
    queryKey: [key, query],
    queryFn: ({ pageParam }) =>
      call(routes.listIdentities, { query: { ...query, ...(pageParam !== "" && { cursor: pageParam }) } }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** Those of a world that this user may have. */
export async function findAssignable(world: IdentityWorld, userId: string, search: string) {
  const query = { world, assignableTo: userId, search };
  return (await call(routes.listIdentities, { query })).identities;
}

/** Writes an identity anew, or a new one. */
export const saveIdentity = (identityId: string | null, body: IdentityInput): Promise<AgentIdentity> =>
  keep(
    identityId === null
      ? call(routes.createIdentity, { body })
      : call(routes.changeIdentity, { params: { identityId }, body }),
  );

/** Gives an identity another face; null: none. */
export const saveAvatar = (identityId: string, file: File | null): Promise<AgentIdentity> => {
  const params = { identityId };
  return keep(
    file === null ? call(routes.removeAvatar, { params }) : call(routes.setAvatar, { params, body: file }),
  );
};

export const deleteIdentity = (identityId: string) =>
  keep(call(routes.deleteIdentity, { params: { identityId } }));

/** Assigns a user their identities, and shows them so. */
export const assignIdentities = async (userId: string, body: { [World in IdentityWorld]?: string | null }) =>
  keepUser(await keep(call(routes.assignIdentities, { params: { userId }, body })));

async function keep<Answer>(changing: Promise<Answer>): Promise<Answer> {
  const changed = await changing;
  await queryClient.invalidateQueries({ queryKey: [key] });
  // The list of users names their identities.
  await queryClient.invalidateQueries({ queryKey: ["team"] });
  return changed;
}
