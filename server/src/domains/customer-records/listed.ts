import type { Change } from "../conversations/changes.ts";
import { customerChange } from "../conversations/customer-change.ts";

/** A list as it is after a change of it. */
export type Listed<List> = { list: List; changes: Change[] };

/** After a change of the organisation's tags or fields any customer may look different. */
export function listed<List>(organisationId: string, list: List): Listed<List> {
  return { list, changes: [customerChange(organisationId, null)] };
}
