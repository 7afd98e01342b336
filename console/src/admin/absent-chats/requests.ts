import type { PutBackRequest } from "@grata/contract/absent-chats";
import { listAbsentChats, putBackChats, takeOverChat } from "@grata/contract/routes/absent-chats";
import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { call } from "../../session/http.ts";
import { queryClient } from "../../session/session-query.ts";

const refreshMilliseconds = 5_000;

/** The chats whose agents are gone, a page after the other, looked at again every few seconds. */
export const absentChatsQuery = infiniteQueryOptions({
  queryKey: ["absent-chats"],
  queryFn: ({ pageParam }) => call(listAbsentChats, { query: { cursor: pageParam } }),
  initialPageParam: "",
  getNextPageParam: ({ next }) => next,
  placeholderData: keepPreviousData,
  staleTime: 0,
  refetchInterval: refreshMilliseconds,
});

/** Puts chats of an agent back on the wait list; resolves to how many. The list is on screen when it does. */
export async function putBack(body: PutBackRequest): Promise<number> {
  const { released } = await call(putBackChats, { body });
  await queryClient.invalidateQueries({ queryKey: absentChatsQuery.queryKey });
  return released;
}

/** Takes the chat of an agent who is gone: it is in the admin's own list when this resolves. */
export async function takeOver(conversationId: string): Promise<void> {
  await call(takeOverChat, { body: { conversationId } });
  await queryClient.invalidateQueries({ queryKey: absentChatsQuery.queryKey });
}
