import type { HistoryQuery } from "@grata/contract/history";
import * as routes from "@grata/contract/routes/history";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "../session/http.ts";

const historyKey = "history";

/** Chats, newest first, a page after the other. */
export const chatsQuery = (query: HistoryQuery) =>
  infiniteQueryOptions({
    queryKey: [historyKey, "chats", query],
    queryFn: ({ pageParam }) => call(routes.listHistory, { query: { ...query, cursor: pageParam } }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** Messages with these words, newest first, a page after the other. */
export const hitsQuery = (text: string, query: HistoryQuery) =>
  infiniteQueryOptions({
    queryKey: [historyKey, "hits", text, query],
    queryFn: ({ pageParam }) => call(routes.searchMessages, { query: { text, ...query, cursor: pageParam } }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
  });

/** One chat, with who of the team took part in it. */
export const chatQuery = (conversationId: string) =>
  queryOptions({
    queryKey: [historyKey, "chat", conversationId],
    queryFn: () => call(routes.readHistoryChat, { params: { conversationId } }),
    staleTime: 0,
  });

/** What can be chosen in the filters. */
export const choicesQuery = queryOptions({
  queryKey: [historyKey, "choices"],
  queryFn: () => call(routes.readHistoryChoices),
  staleTime: 60_000,
});
