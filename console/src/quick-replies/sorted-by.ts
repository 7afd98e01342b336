import type { QuickRepliesSearch, SortKey } from "./quick-replies-search.ts";

/** The search after a click on a column's heading: that column, or the other way round where it was already that. */
export function sortedBy(search: QuickRepliesSearch, key: SortKey): QuickRepliesSearch {
  const { sort = "name", direction, ...filters } = search;
  const turned = sort === key && direction === undefined;
  return { ...filters, ...(key !== "name" && { sort: key }), ...(turned && { direction: "descending" }) };
}
