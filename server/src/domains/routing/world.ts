import { sql } from "drizzle-orm";
import type { Transaction } from "../../foundation/storage/storage.ts";
import { readPresentOf } from "../accounts/connected-sessions.ts";
import type { World } from "./findings.ts";

type Row = { kind: "group" | "channel" | "tag" | "field"; id: string; members: string[] };

/** Reads what there is for rules to point at, in two statements. */
export async function readWorld(transaction: Transaction, organisationId: string): Promise<World> {
  const { rows } = await transaction.execute<Row>(sql`
    SELECT 'group' AS kind, g.id, ARRAY(
      SELECT m.user_id FROM user_group_members m
      JOIN users u ON (u.organisation_id, u.id) = (m.organisation_id, m.user_id)
      WHERE (m.organisation_id, m.group_id) = (g.organisation_id, g.id) AND u.status = 'active') AS members
    FROM user_groups g WHERE g.organisation_id = ${organisationId}
    UNION ALL
    SELECT 'channel', id, '{}' FROM channels WHERE organisation_id = ${organisationId} AND NOT for_tests
    UNION ALL
    SELECT 'tag', id, '{}' FROM tags WHERE organisation_id = ${organisationId}
    UNION ALL
    SELECT 'field', id, '{}' FROM custom_fields WHERE organisation_id = ${organisationId}`);
  const present = await readPresentOf(transaction, organisationId);
  const ids = (kind: Row["kind"]) => new Set(rows.filter((row) => row.kind === kind).map(({ id }) => id));
  const groups = rows
    .filter(({ kind }) => kind === "group")
    .map(({ id, members }) => {
      const here = members.filter((userId) => present.has(userId)).length;
      return [id, { members: members.length, present: here }] as const;
    });
  return { groups: new Map(groups), channels: ids("channel"), tags: ids("tag"), fields: ids("field") };
}
