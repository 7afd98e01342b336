import { sql } from "drizzle-orm";
import type { Transaction } from "../../foundation/storage/storage.ts";

/** A change of a list: which one, and by how many lines it grew. */
export type ListStep = { organisationId: string; list: string; growth: number };

export const waitingList = "waiting";
export const currentList = (userId: string) => `current:${userId}`;
/** The list on which a chat waits: everybody's, or with a test the tester's own, where it stays once it is claimed. */
export const waitingListOf = (testerId: string | null) =>
  testerId === null ? waitingList : currentList(testerId);
export const listKey = (organisationId: string, list: string) => `${organisationId} ${list}`;

/**
 * Moves each list one version on, in the order of their keys, so that transactions which change several never wait
 * for each other in a circle. The last statement of a transaction: the rows stay locked until its commit.
 */
export async function advanceLists(
  transaction: Transaction,
  steps: ListStep[],
): Promise<Map<string, { version: number; size: number }>> {
  const rows = steps.map((step) => ({
    organisation_id: step.organisationId,
    list: step.list,
    growth: step.growth,
  }));
  const result = await transaction.execute<{
    organisation_id: string;
    list: string;
    version: number;
    size: number;
  }>(sql`
    INSERT INTO list_versions AS held (organisation_id, list, version, size)
    SELECT organisation_id, list, 1, growth
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS step(organisation_id uuid, list text, growth integer)
    ORDER BY organisation_id, list
    ON CONFLICT (organisation_id, list) DO UPDATE
      SET version = held.version + 1, size = GREATEST(held.size + excluded.size, 0)
    RETURNING organisation_id, list, version, size`);
  return new Map(result.rows.map((row) => [listKey(row.organisation_id, row.list), row]));
}
