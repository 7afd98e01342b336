import { type OwnEntrance, ownEntrance } from "@grata/contract/own-entrance";
import { queryOptions } from "@tanstack/react-query";
import { ask } from "../../session/http.ts";
import { queryClient } from "../../session/session-query.ts";

/** The organisation's own sign-in page, as its admins see it. */
export const ownEntranceQuery = queryOptions({
  queryKey: ["own-entrance"],
  queryFn: () => ask({ method: "GET", path: "/api/organisation/entrance" }, ownEntrance),
  staleTime: 0,
});

async function change(method: "PUT" | "POST" | "DELETE", path: string, body?: unknown): Promise<OwnEntrance> {
  const changed = await ask({ method, path: `/api/organisation/${path}`, body }, ownEntrance);
  queryClient.setQueryData(ownEntranceQuery.queryKey, changed);
  return changed;
}

/** Each answers with the whole as it is then; what is empty is taken away. */
export const saveSlug = (slug: string) => change("PUT", "slug", { slug: slug.trim() || null });
export const saveHost = (host: string) => change("PUT", "host", { host: host.trim() || null });
export const checkHost = () => change("POST", "host/check");
export const uploadLogo = (file: File) => change("PUT", "logo", file);
export const removeLogo = () => change("DELETE", "logo");
