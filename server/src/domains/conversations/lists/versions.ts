import { and, eq, sql } from "drizzle-orm";
import type { Queued } from "../../../foundation/access/queue.ts";
import { listVersions } from "../../../foundation/schema/conversations.ts";
import type { Transaction } from "../../../foundation/storage/storage.ts";

/** A change of a list: which one, and by how many lines it grew. */
type ListStep = { organisationId: string; list: string; growth: number };
/** A list after a change: its number, and how many lines it has. */
export type ListState = { version: number; size: number };

/** The name of everybody's wait list, as nodes of every release store it. */
const everybody = "waiting";

/** The name of the wait list of a queue. */
export const waitList = ({ organisationId, queueId }: Pick<Queued, "organisationId" | "queueId">) =>
  queueId === organisationId ? everybody : `${everybody}:${queueId}`;

/** The name of the list of the chats that a user serves. */
export const currentList = (userId: string) => `current:${userId}`;

export const listKey = (organisationId: string, list: string) => `${organisationId} ${list}`;

/** Reads a name back: whose list it is. */
export function listOf(
  organisationId: string,
  list: string,
): { kind: "waiting"; queueId: string } | { kind: "current"; userId: string } {
  const [kind, id = organisationId] = list.split(":");
  return kind === everybody ? { kind: "waiting", queueId: id } : { kind: "current", userId: id };
}

/**
 * Moves each list one version on, in the order of their keys, so that transactions which change several never wait
 * for each other in a circle. The last statement of a transaction: the rows stay locked until its commit.
 */
export async function advanceLists(
  transaction: Transaction,
  steps: ListStep[],
): Promise<Map<string, ListState>> {
  if (steps.length === 0) return new Map();
  const rows = steps.map((step) => ({
    organisation_id: step.organisationId,
    list: step.list,
    growth: step.growth,
  }));
  const result = await transaction.execute<ListState & { organisation_id: string; list: string }>(sql`
    INSERT INTO list_versions AS held (organisation_id, list, version, size)
    SELECT organisation_id, list, 1, growth
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS step(organisation_id uuid, list text, growth integer)
    ORDER BY organisation_id, list
    ON CONFLICT (organisation_id, list) DO UPDATE
      SET version = held.version + 1, size = GREATEST(held.size + excluded.size, 0)
    RETURNING organisation_id, list, version, size`);
  return new Map(result.rows.map((row) => [listKey(row.organisation_id, row.list), row]));
}

/** Reads the number of a list and its size; both are 0 before its first change. */
export async function readVersion(
  transaction: Transaction,
  organisationId: string,
  list: string,
): Promise<ListState> {
  const [row] = await transaction
    .select({ version: listVersions.version, size: listVersions.size })
    .from(listVersions)
    .where(and(eq(listVersions.organisationId, organisationId), eq(listVersions.list, list)));
  return row ?? { version: 0, size: 0 };
}
