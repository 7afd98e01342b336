import { type OrganisationSettings, organisationSettings } from "@grata/contract/organisation";
import { queryOptions } from "@tanstack/react-query";
import { ask } from "../../session/http.ts";
import { queryClient, sessionQuery } from "../../session/session-query.ts";
import { readSession } from "../../session/session-requests.ts";

const path = "/api/organisation";

/** What is set for the whole organisation. */
export const organisationQuery = queryOptions({
  queryKey: ["organisation"],
  queryFn: () => ask({ method: "GET", path }, organisationSettings),
  staleTime: 0,
});

/** Sets all of it. The bar above shows the name, and times may be told in the zone: they follow at once. */
export async function saveOrganisation(body: OrganisationSettings): Promise<OrganisationSettings> {
  const saved = await ask({ method: "PUT", path, body }, organisationSettings);
  queryClient.setQueryData(organisationQuery.queryKey, saved);
  queryClient.setQueryData(sessionQuery.queryKey, await readSession());
  return saved;
}
