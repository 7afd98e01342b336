import type { UsersQuery } from "@grata/contract/team";
import { useInfiniteQuery } from "@tanstack/react-query";
import { usePageTurning } from "../../ui/pages/use-page-turning.ts";
import { usersQuery } from "./requests.ts";

/** One page of the users that a search finds, and how to turn it. */
export function useUsersPage(search: UsersQuery) {
  const query = useInfiniteQuery(usersQuery(search));
  const pages = query.data?.pages ?? [];
  const turning = usePageTurning(query, JSON.stringify(search));
  const shown = pages[turning.page];
  return {
    users: shown?.users ?? [],
    total: shown?.total ?? 0,
    counts: shown?.counts,
    turning,
    pending: query.isPending,
    error: query.error,
    retry: () => void query.refetch(),
    empty: query.isSuccess && shown?.users.length === 0,
  };
}
