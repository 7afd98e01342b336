import type { OwnEntrance } from "@grata/contract/own-entrance";
import * as routes from "@grata/contract/routes/organisation";
import { queryOptions } from "@tanstack/react-query";
import { call } from "../../session/http.ts";
import { queryClient } from "../../session/session-query.ts";

/** The organisation's own sign-in page, as its admins see it. */
export const ownEntranceQuery = queryOptions({
  queryKey: ["own-entrance"],
  queryFn: () => call(routes.readOwnEntrance),
  staleTime: 0,
});

/** Shows what the server has answered. */
async function keep(changing: Promise<OwnEntrance>): Promise<OwnEntrance> {
  const changed = await changing;
  queryClient.setQueryData(ownEntranceQuery.queryKey, changed);
  return changed;
}

/** Each answers with the whole as it is then; what is empty is taken away. */
export const saveSlug = (slug: string) => keep(call(routes.setSlug, { body: { slug: slug.trim() || null } }));
export const saveHost = (host: string) => keep(call(routes.setHost, { body: { host: host.trim() || null } }));
export const checkHost = () => keep(call(routes.checkHost));
export const uploadLogo = (file: File) => keep(call(routes.setLogo, { body: file }));
export const removeLogo = () => keep(call(routes.removeLogo));
