import type { CustomerChanges, CustomerDetails } from "@grata/contract/customers";
import * as routes from "@grata/contract/routes/customers";
import { listTags } from "@grata/contract/routes/tags-and-fields";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { customersKey, refreshCustomers } from "../live/refresh-customers.ts";
import { call } from "../session/http.ts";
import { queryClient } from "../session/session-query.ts";

/** News tell of a change at once; should one be lost, it is seen after this long. */
const REPAIR = 30_000;

/** What the team knows of a customer. */
export const customerQuery = (customerId: string) =>
  queryOptions({
    queryKey: [customersKey, customerId, "details"],
    queryFn: () => call(routes.readCustomer, { params: { customerId } }),
    staleTime: 0,
    refetchInterval: REPAIR,
  });

/** The chats of a customer, newest first, a page after the other. */
export const conversationsQuery = (customerId: string) =>
  infiniteQueryOptions({
    queryKey: [customersKey, customerId, "conversations"],
    queryFn: ({ pageParam }) =>
      call(routes.listCustomerConversations, { params: { customerId }, query: { cursor: pageParam } }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    staleTime: 0,
  });

/** The organisation's tags, to choose from. */
export const tagsQuery = queryOptions({
  queryKey: [customersKey, "", "tags"],
  queryFn: () => call(listTags),
  staleTime: 0,
});

/** Customers whom the reader may see, by a part of what is known of them. */
export const searchQuery = (search: string) =>
  queryOptions({
    queryKey: [customersKey, "", "search", search],
    queryFn: () => call(routes.searchCustomers, { query: { search } }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** What is done to one customer. Each resolves to what is known then, which is on screen by that time. */
export function deedsOn(customerId: string) {
  const params = { customerId };
  const keep = async (doing: Promise<CustomerDetails>): Promise<CustomerDetails> => {
    const details = await doing;
    queryClient.setQueryData(customerQuery(customerId).queryKey, details);
    return details;
  };
  return {
    change: (body: CustomerChanges) => keep(call(routes.changeCustomer, { params, body })),
    fill: (fieldId: string, body: { was: string | null; value: string | null }) =>
      keep(call(routes.setField, { params: { ...params, fieldId }, body })),
    note: (body: { id: string; text: string }) => keep(call(routes.addNote, { params, body })),
    unnote: (noteId: string) => keep(call(routes.removeNote, { params: { ...params, noteId } })),
    tag: (name: string) => keep(call(routes.addTag, { params, body: { name } })),
    untag: (tagId: string) => keep(call(routes.removeTag, { params: { ...params, tagId } })),
    merge: (mergedId: string) => keep(call(routes.mergeCustomers, { params, body: { mergedId } })),
    async undoMerge(mergeId: string): Promise<void> {
      await call(routes.undoMerge, { params: { ...params, mergeId } });
      refreshCustomers([customerId]);
    },
  };
}
export type Deeds = ReturnType<typeof deedsOn>;
