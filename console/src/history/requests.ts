import {
  type HistoryQuery,
  historyChat,
  historyChoices,
  historyPage,
  hitsPage,
} from "@grata/contract/history";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ask } from "../session/http.ts";
import { pathWith } from "../ui/pages/path-with.ts";

const historyKey = "history";

/** Chats, newest first, a page after the other. */
export const chatsQuery = (query: HistoryQuery) =>
  infiniteQueryOptions({
    queryKey: [historyKey, "chats", query],
    queryFn: ({ pageParam }) =>
      ask({ method: "GET", path: pathWith("/api/history/conversations", query, pageParam) }, historyPage),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** Messages with these words, newest first, a page after the other. */
export const hitsQuery = (text: string, query: HistoryQuery) =>
  infiniteQueryOptions({
    queryKey: [historyKey, "hits", text, query],
    queryFn: ({ pageParam }) =>
      ask(
        { method: "GET", path: pathWith("/api/history/messages", { text, ...query }, pageParam) },
        hitsPage,
      ),
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
    queryFn: () => ask({ method: "GET", path: `/api/history/conversations/${conversationId}` }, historyChat),
    staleTime: 0,
  });

/** What can be chosen in the filters. */
export const choicesQuery = queryOptions({
  queryKey: [historyKey, "choices"],
  queryFn: () => ask({ method: "GET", path: "/api/history/choices" }, historyChoices),
  staleTime: 60_000,
});
