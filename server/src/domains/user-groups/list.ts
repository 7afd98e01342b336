import type { UserGroup } from "@grata/contract/user-groups";
import { sql } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { readPresentOf } from "../accounts/connected-sessions.ts";

/** The user groups by name, with their members. */
export function listGroups(storage: Storage, asker: Asker): Promise<UserGroup[]> {
  const { organisationId } = requireUser(asker, "routing.manage");
  return storage.inOrganisation(organisationId, (transaction) => readGroups(transaction, organisationId));
}

type Row = Omit<UserGroup, "present">;

/** The groups as the transaction at hand has made them. */
export async function readGroups(transaction: Transaction, organisationId: string): Promise<UserGroup[]> {
  const { rows } = await transaction.execute<Row>(sql`
    SELECT g.id, g.name,
      (SELECT COALESCE(json_agg(json_build_object('id', u.id, 'name', u.name) ORDER BY lower(u.name), u.id), '[]')
        FROM user_group_members m JOIN users u ON (u.organisation_id, u.id) = (m.organisation_id, m.user_id)
        WHERE (m.organisation_id, m.group_id) = (g.organisation_id, g.id) AND u.status <> 'disabled') AS members,
      (SELECT count(*)::integer FROM conversations c
        WHERE c.organisation_id = g.organisation_id AND c.queue_id = g.id AND c.status = 'waiting') AS waiting
    FROM user_groups g WHERE g.organisation_id = ${organisationId} ORDER BY lower(g.name), g.id`);
  const present = await readPresentOf(transaction, organisationId);
  return rows.map(({ id, name, members, waiting }) => ({
    id,
    name,
    members,
    present: members.filter((member) => present.has(member.id)).length,
    waiting,
  }));
}
