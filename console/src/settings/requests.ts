import { type OwnSessions, ownSessions } from "@grata/contract/account";
import { queryOptions } from "@tanstack/react-query";
import { ask, tell } from "../session/http.ts";

/** The signed-in browsers of the user. */
export const ownSessionsQuery = queryOptions({
  queryKey: ["own-sessions"],
  queryFn: async (): Promise<OwnSessions["sessions"]> =>
    (await ask({ method: "GET", path: "/api/sessions" }, ownSessions)).sessions,
  staleTime: 0,
});

/** Ends one of them. */
export function endSession(id: string): Promise<void> {
  return tell({ method: "DELETE", path: `/api/sessions/${id}` });
}

/** Ends all but the one of this browser. */
export function endOtherSessions(): Promise<void> {
  return tell({ method: "POST", path: "/api/sessions/end-others" });
}

/** Changes the user's password; their other sessions end. */
export function changePassword(body: { current: string; password: string }): Promise<void> {
  return tell({ method: "POST", path: "/api/session/password", body });
}
