import type { UserStatus, UsersPage, usersQuery } from "@grata/contract/team";
import { and, asc, count, desc, eq, lt, or, type SQL, sql } from "drizzle-orm";
import type * as z from "zod/mini";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { users } from "../../foundation/schema/accounts.ts";
import { beyondCursor, cursorAfter } from "../../foundation/storage/page-cursor.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { presentUser, shownStatus, shownUser } from "./present.ts";

type Query = z.output<typeof usersQuery>;

const pageLength = 50;

/** What each order compares, as text that sorts as it should: so one cursor serves them all. */
const sortKeys: Record<NonNullable<Query["sort"]>, SQL<string>> = {
  name: sql`lower(${users.name})`,
  email: sql`${users.email}`,
  role: sql`${users.role}`,
  status: sql`${shownStatus}`,
  language: sql`${users.language}`,
  lastSeen: sql`COALESCE(to_char(${users.lastSeenAt} AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS'), '')`,
  created: sql`to_char(${users.createdAt} AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS')`,
};

/** A page of the team, filtered and sorted, with how many there are. */
export function listUsers(storage: Storage, asker: Asker, query: Query): Promise<UsersPage> {
  const { organisationId } = requireUser(asker, "team.manage");
  const key = sortKeys[query.sort ?? "name"];
  const descending = query.direction === "descending";
  const direction = descending ? desc : asc;
  const limit = query.limit ?? pageLength;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const filters = and(eq(users.organisationId, organisationId), ...filtersOf(query));
    const rows = await transaction
      .select({ ...shownUser, key })
      .from(users)
      .where(and(filters, beyondCursor(query.cursor, key, users.id, descending)))
      .orderBy(direction(key), direction(users.id))
      .limit(limit + 1);
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    const [all] = await transaction.select({ total: count() }).from(users).where(filters);
    return {
      users: page.map(presentUser),
      total: all?.total ?? 0,
      counts: await countByStatus(transaction, organisationId),
      next: last ? cursorAfter(last.key, last.id) : null,
    };
  });
}

function filtersOf({ search, status, role, language, notSeenForDays }: Query): (SQL | undefined)[] {
  const wanted = search?.trim().toLowerCase() ?? "";
  return [
    wanted === ""
      ? undefined
      : or(
          sql`position(${wanted} in lower(${users.name})) > 0`,
          sql`position(${wanted} in ${users.email}) > 0`,
        ),
    status && sql`${shownStatus} = ${status}`,
    role && eq(users.role, role),
    language && eq(users.language, language),
    notSeenForDays &&
      and(
        eq(users.status, "active"),
        lt(
          sql`COALESCE(${users.lastSeenAt}, ${users.createdAt})`,
          sql`now() - make_interval(days => ${Number(notSeenForDays)})`,
        ),
      ),
  ];
}

async function countByStatus(
  transaction: Transaction,
  organisationId: string,
): Promise<Record<UserStatus, number>> {
  const rows = await transaction
    .select({ status: shownStatus, count: count() })
    .from(users)
    .where(eq(users.organisationId, organisationId))
    .groupBy(sql`1`);
  const counts = { invited: 0, active: 0, locked: 0, disabled: 0 };
  for (const row of rows) counts[row.status] = row.count;
  return counts;
}
