import {
  type CustomerChanges,
  type CustomerDetails,
  conversationsPage,
  customerDetails,
  foundCustomers,
  tagList,
} from "@grata/contract/customers";
import { empty } from "@grata/contract/http";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { customersKey, refreshCustomers } from "../live/refresh-customers.ts";
import { ask } from "../session/http.ts";
import { queryClient } from "../session/session-query.ts";

/** News tell of a change at once; should one be lost, it is seen after this long. */
const REPAIR = 30_000;

const pathOf = (customerId: string, rest = "") => `/api/customers/${customerId}${rest}`;

/** What the team knows of a customer. */
export const customerQuery = (customerId: string) =>
  queryOptions({
    queryKey: [customersKey, customerId, "details"],
    queryFn: () => ask({ method: "GET", path: pathOf(customerId) }, customerDetails),
    staleTime: 0,
    refetchInterval: REPAIR,
  });

/** The chats of a customer, newest first, a page after the other. */
export const conversationsQuery = (customerId: string) =>
  infiniteQueryOptions({
    queryKey: [customersKey, customerId, "conversations"],
    queryFn: ({ pageParam }) =>
      ask(
        {
          method: "GET",
          path: pathOf(
            customerId,
            pageParam === "" ? "/conversations" : `/conversations?cursor=${pageParam}`,
          ),
        },
        conversationsPage,
      ),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    staleTime: 0,
  });

/** The organisation's tags, to choose from. */
export const tagsQuery = queryOptions({
  queryKey: [customersKey, "", "tags"],
  queryFn: () => ask({ method: "GET", path: "/api/tags" }, tagList),
  staleTime: 0,
});

/** Customers whom the reader may see, by a part of what is known of them. */
export const searchQuery = (search: string) =>
  queryOptions({
    queryKey: [customersKey, "", "search", search],
    queryFn: () =>
      ask({ method: "GET", path: `/api/customers?${new URLSearchParams({ search })}` }, foundCustomers),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

type Deed = { method: "POST" | "PUT" | "PATCH" | "DELETE"; path: string; body?: unknown };

/** What is done to one customer. Each resolves to what is known then, which is on screen by that time. */
export function deedsOn(customerId: string) {
  const does = async ({ method, path, body }: Deed): Promise<CustomerDetails> => {
    const details = await ask({ method, path: pathOf(customerId, path), body }, customerDetails);
    queryClient.setQueryData(customerQuery(customerId).queryKey, details);
    return details;
  };
  return {
    change: (body: CustomerChanges) => does({ method: "PATCH", path: "", body }),
    fill: (fieldId: string, body: { was: string | null; value: string | null }) =>
      does({ method: "PUT", path: `/fields/${fieldId}`, body }),
    note: (body: { id: string; text: string }) => does({ method: "POST", path: "/notes", body }),
    unnote: (noteId: string) => does({ method: "DELETE", path: `/notes/${noteId}` }),
    tag: (name: string) => does({ method: "POST", path: "/tags", body: { name } }),
    untag: (tagId: string) => does({ method: "DELETE", path: `/tags/${tagId}` }),
    merge: (mergedId: string) => does({ method: "POST", path: "/merges", body: { mergedId } }),
    async undoMerge(mergeId: string): Promise<void> {
      await ask({ method: "POST", path: pathOf(customerId, `/merges/${mergeId}/undo`) }, empty);
      refreshCustomers([customerId]);
    },
  };
}
export type Deeds = ReturnType<typeof deedsOn>;
