import { queryClient } from "../session/session-query.ts";

/** Under which what is known of a customer stands, and by whose id it was asked for. */
export const customersKey = "customers";

/** Asks anew for what is on screen of these customers, or of any (null). */
export function refreshCustomers(ids: readonly string[] | null): void {
  void queryClient.invalidateQueries({
    queryKey: [customersKey],
    predicate: ({ queryKey: [, asked] }) => ids === null || ids.includes(String(asked)),
  });
}
