import { absentChatsPage, type PutBackRequest, putBackAnswer } from "@grata/contract/absent-chats";
import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { ask } from "../../session/http.ts";
import { queryClient } from "../../session/session-query.ts";
import { pathWith } from "../../ui/pages/path-with.ts";

const path = "/api/absent-chats";
const refreshMilliseconds = 5_000;

/** The chats whose agents are gone, a page after the other, looked at again every few seconds. */
export const absentChatsQuery = infiniteQueryOptions({
  queryKey: ["absent-chats"],
  queryFn: ({ pageParam }) => ask({ method: "GET", path: pathWith(path, {}, pageParam) }, absentChatsPage),
  initialPageParam: "",
  getNextPageParam: ({ next }) => next,
  placeholderData: keepPreviousData,
  staleTime: 0,
  refetchInterval: refreshMilliseconds,
});

/** Puts chats of an agent back on the wait list; resolves to how many. The list is on screen when it does. */
export async function putBack(body: PutBackRequest): Promise<number> {
  const { released } = await ask({ method: "POST", path: `${path}/put-back`, body }, putBackAnswer);
  await queryClient.invalidateQueries({ queryKey: absentChatsQuery.queryKey });
  return released;
}
