import type { QuickRepliesQuery } from "@grata/contract/quick-replies";

/** By which columns a list can be sorted. */
export const sortKeys = ["name", "category", "changed"] as const;
export type SortKey = (typeof sortKeys)[number];

/** Which part of a list is on screen: it stands in the address, so that Back and a bookmark lead to the same. */
export type QuickRepliesSearch = Pick<QuickRepliesQuery, "search" | "category" | "sort" | "direction">;

/** Reads the address of a list; what does not belong there is left out. */
export function readQuickRepliesSearch(address: Record<string, unknown>): QuickRepliesSearch {
  const sort = sortKeys.find((known) => known === address.sort);
  const search = textIn(address.search);
  const category = textIn(address.category);
  return {
    ...(search !== "" && { search }),
    ...(category !== "" && { category }),
    ...(sort && { sort }),
    ...(address.direction === "descending" && { direction: "descending" }),
  };
}

/** The router reads digits in an address as a number; the server takes no text that is longer. */
function textIn(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, 120) : "";
}
