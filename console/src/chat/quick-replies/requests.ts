import {
  choices,
  deletedQuickReplies,
  type ImportQuickReplies,
  importReport,
  type QuickRepliesQuery,
  type QuickReply,
  quickRepliesPage,
  quickReply,
} from "@grata/contract/quick-replies";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ask } from "../../session/http.ts";
import { queryClient } from "../../session/session-query.ts";
import { pathWith } from "../../ui/pages/path-with.ts";

/** `organisation`: everybody's, which admins write. `own`: the user's own. */
export type Scope = "organisation" | "own";

const paths = { organisation: "/api/quick-replies", own: "/api/own-quick-replies" };
const choicesPath = "/api/quick-replies/choices";

/** What the composer offers for what was typed. Asked again when it is some seconds old: others write them too. */
export const choicesQuery = (conversationId: string, search: string) =>
  queryOptions({
    queryKey: ["quick-replies", "choices", conversationId, search],
    queryFn: () =>
      ask(
        { method: "GET", path: pathWith(choicesPath, { conversationId, search: search.trim() }, "") },
        choices,
      ),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });

/** The quick replies of a list that a search finds, a page after the other. */
export const listQuery = (scope: Scope, query: QuickRepliesQuery) =>
  infiniteQueryOptions({
    queryKey: ["quick-replies", scope, query],
    queryFn: ({ pageParam }) =>
      ask({ method: "GET", path: pathWith(paths[scope], query, pageParam) }, quickRepliesPage),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** Where a whole list is downloaded. */
export const exportPath = (scope: Scope) => `${paths[scope]}/export`;

/** What somebody writes of a quick reply; what is wrong in it the server tells. */
export type Written = Pick<QuickReply, "name" | "category" | "texts">;

/** Adds a quick reply; with an id, writes that one anew. */
export async function saveQuickReply(scope: Scope, id: string | null, body: Written): Promise<QuickReply> {
  const saved = await ask(
    id === null
      ? { method: "POST", path: paths[scope], body }
      : { method: "PUT", path: `${paths[scope]}/${id}`, body },
    quickReply,
  );
  await refreshQuickReplies();
  return saved;
}

/** Deletes some, not more than the server takes at once, and answers with how many were still there. */
export async function deleteQuickReplies(scope: Scope, ids: readonly string[]): Promise<number> {
  const answer = await ask(
    { method: "POST", path: `${paths[scope]}/delete`, body: { ids } },
    deletedQuickReplies,
  );
  return answer.deleted;
}

/** Takes over lines of a table, and answers with a report for each. */
export async function importQuickReplies(scope: Scope, body: ImportQuickReplies) {
  return (await ask({ method: "POST", path: `${paths[scope]}/import`, body }, importReport)).lines;
}

/** The ids of everything that a search finds, however many pages it has. */
export async function findAllIds(scope: Scope, query: QuickRepliesQuery): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const path = pathWith(paths[scope], { ...query, limit: 200 }, cursor);
    const page: { quickReplies: QuickReply[]; next: string | null } = await ask(
      { method: "GET", path },
      quickRepliesPage,
    );
    ids.push(...page.quickReplies.map(({ id }) => id));
    cursor = page.next;
  }
  return ids;
}

/** Has every list and the composer ask again. */
export function refreshQuickReplies(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ["quick-replies"] });
}
