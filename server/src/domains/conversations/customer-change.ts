import type { Change } from "./changes.ts";

/** The change that makes whoever looks at these customers look again; null: whoever looks at any. */
export function customerChange(organisationId: string, customerIds: string[] | null): Change {
  return { kind: "customer", organisationId, customerIds };
}
