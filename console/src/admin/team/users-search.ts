import { languages } from "@grata/contract/languages";
import type { Role, UserStatus, UsersQuery } from "@grata/contract/team";

/** By which columns the list can be sorted. */
export const sortKeys = ["name", "status", "role", "language", "lastSeen"] as const;
export type SortKey = (typeof sortKeys)[number];

// The schemas themselves would weigh on the first script, which knows every address.
export const statuses = ["invited", "active", "locked", "disabled"] as const satisfies UserStatus[];
export const roles = ["agent", "admin"] as const satisfies Role[];

/** Which part of the team is on screen: it stands in the address, so that Back and a bookmark lead to the same. */
export type UsersSearch = Pick<UsersQuery, "search" | "status" | "role" | "language" | "direction"> & {
  sort?: SortKey;
};

/** Reads the address of the list; what does not belong there is left out. */
export function readUsersSearch(address: Record<string, unknown>): UsersSearch {
  const status = statuses.find((known) => known === address.status);
  const role = roles.find((known) => known === address.role);
  const language = languages.find((known) => known === address.language);
  const sort = sortKeys.find((known) => known === address.sort);
  const text = textIn(address.search);
  return {
    ...(text !== "" && { search: text }),
    ...(status && { status }),
    ...(role && { role }),
    ...(language && { language }),
    ...(sort && { sort }),
    ...(address.direction === "descending" && { direction: "descending" }),
  };
}

/** The search after a click on a column's heading: that column, or the other way round where it was already that. */
export function sortedBy(search: UsersSearch, key: SortKey): UsersSearch {
  const { sort = "name", direction, ...filters } = search;
  const turned = sort === key && direction === undefined;
  return {
    ...filters,
    ...(key !== "name" && { sort: key }),
    ...(turned && { direction: "descending" }),
  };
}

/** The router reads digits in an address as a number; the server takes no search that is longer. */
function textIn(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, 200) : "";
}
