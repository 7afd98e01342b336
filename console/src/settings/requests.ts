import * as routes from "@grata/contract/routes/own-account";
import { queryOptions } from "@tanstack/react-query";
import { call } from "../session/http.ts";

/** The signed-in browsers of the user. */
export const ownSessionsQuery = queryOptions({
  queryKey: ["own-sessions"],
  queryFn: async () => (await call(routes.listOwnSessions)).sessions,
  staleTime: 0,
});

/** Ends one of them. */
export function endSession(sessionId: string): Promise<void> {
  return call(routes.endOwnSession, { params: { sessionId } });
}

/** Ends all but the one of this browser. */
export function endOtherSessions(): Promise<void> {
  return call(routes.endOtherSessions);
}

/** Changes the user's password; their other sessions end. */
export function changePassword(body: { current: string; password: string }): Promise<void> {
  return call(routes.changePassword, { body });
}
