import { useQuery } from "@tanstack/react-query";
import { sessionQuery } from "../../session/session-query.ts";

/** The id of the admin who looks at this page. */
export function useMe(): string {
  return useQuery(sessionQuery).data?.user.id ?? "";
}
