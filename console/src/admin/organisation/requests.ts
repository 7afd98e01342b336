import type { OrganisationSettings } from "@grata/contract/organisation";
import { changeOrganisation, readOrganisation } from "@grata/contract/routes/organisation";
import { queryOptions } from "@tanstack/react-query";
import { call } from "../../session/http.ts";
import { queryClient, sessionQuery } from "../../session/session-query.ts";
import { readSession } from "../../session/session-requests.ts";

/** What is set for the whole organisation. */
export const organisationQuery = queryOptions({
  queryKey: ["organisation"],
  queryFn: () => call(readOrganisation),
  staleTime: 0,
});

/** Sets all of it. The bar above shows the name, and times may be told in the zone: they follow at once. */
export async function saveOrganisation(body: OrganisationSettings): Promise<OrganisationSettings> {
  const saved = await call(changeOrganisation, { body });
  queryClient.setQueryData(organisationQuery.queryKey, saved);
  queryClient.setQueryData(sessionQuery.queryKey, await readSession());
  return saved;
}
