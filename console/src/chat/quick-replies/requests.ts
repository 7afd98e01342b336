import type { ImportQuickReplies, QuickRepliesQuery, QuickReply } from "@grata/contract/quick-replies";
import * as routes from "@grata/contract/routes/quick-replies";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "../../session/http.ts";
import { queryClient } from "../../session/session-query.ts";

/** `organisation`: everybody's, which admins write. `own`: the user's own. */
export type Scope = "organisation" | "own";

const lists = {
  organisation: {
    list: routes.listQuickReplies,
    create: routes.createQuickReply,
    change: routes.changeQuickReply,
    remove: routes.deleteQuickReplies,
    take: routes.importQuickReplies,
    give: routes.exportQuickReplies,
  },
  own: {
    list: routes.listOwnQuickReplies,
    create: routes.createOwnQuickReply,
    change: routes.changeOwnQuickReply,
    remove: routes.deleteOwnQuickReplies,
    take: routes.importOwnQuickReplies,
    give: routes.exportOwnQuickReplies,
  },
};

/** What the composer offers for what was typed. Asked again when it is some seconds old: others write them too. */
export const choicesQuery = (conversationId: string, search: string) =>
  queryOptions({
    queryKey: ["quick-replies", "choices", conversationId, search],
    queryFn: () => call(routes.chooseQuickReplies, { query: { conversationId, search: search.trim() } }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });

/** The quick replies of a list that a search finds, a page after the other. */
export const listQuery = (scope: Scope, query: QuickRepliesQuery) =>
  infiniteQueryOptions({
    queryKey: ["quick-replies", scope, query],
    queryFn: ({ pageParam }) => call(lists[scope].list, { query: { ...query, cursor: pageParam } }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** Where a whole list is downloaded. */
export const exportPath = (scope: Scope) => lists[scope].give.path;

/** What somebody writes of a quick reply; what is wrong in it the server tells. */
export type Written = Pick<QuickReply, "name" | "category" | "texts">;

/** Adds a quick reply; with an id, writes that one anew. */
export async function saveQuickReply(scope: Scope, id: string | null, body: Written): Promise<QuickReply> {
  const { create, change } = lists[scope];
  const saved = await (id === null
    ? call(create, { body })
    : call(change, { params: { quickReplyId: id }, body }));
  await refreshQuickReplies();
  return saved;
}

/** Deletes some, not more than the server takes at once, and answers with how many were still there. */
export async function deleteQuickReplies(scope: Scope, ids: readonly string[]): Promise<number> {
  return (await call(lists[scope].remove, { body: { ids: [...ids] } })).deleted;
}

/** Takes over lines of a table, and answers with a report for each. */
export async function importQuickReplies(scope: Scope, body: ImportQuickReplies) {
  return (await call(lists[scope].take, { body })).lines;
}

/** The ids of everything that a search finds, however many pages it has. */
export async function findAllIds(scope: Scope, query: QuickRepliesQuery): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page: { quickReplies: QuickReply[]; next: string | null } = await call(lists[scope].list, {
      query: { ...query, limit: 200, cursor },
    });
    ids.push(...page.quickReplies.map(({ id }) => id));
    cursor = page.next;
  }
  return ids;
}

/** Has every list and the composer ask again. */
export function refreshQuickReplies(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ["quick-replies"] });
}
