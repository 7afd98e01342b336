import type { IdentitiesPage, identitiesQuery } from "@grata/contract/agent-identities";
import { and, asc, count, eq, isNull, or, sql } from "drizzle-orm";
import type * as z from "zod/mini";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { agentIdentities } from "../../foundation/schema/agent-identities.ts";
import { beyondCursor, cursorAfter } from "../../foundation/storage/page-cursor.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { shownIdentity } from "./find.ts";
import { presentIdentity } from "./present.ts";

type Query = z.output<typeof identitiesQuery>;

const pageLength = 50;

/** A page of the identities, sorted by name, with how many there are. */
export function listIdentities(storage: Storage, asker: Asker, query: Query): Promise<IdentitiesPage> {
  const { organisationId } = requireUser(asker, "team.manage");
  const { world, assignableTo, cursor, limit = pageLength } = query;
  const search = query.search?.trim().toLowerCase() ?? "";
  const key = sql<string>`${agentIdentities.searched}`;
  const filters = and(
    eq(agentIdentities.organisationId, organisationId),
    world && eq(agentIdentities.world, world),
    search === "" ? undefined : sql`position(${search} in ${agentIdentities.searched}) > 0`,
    assignableTo === undefined
      ? undefined
      : or(isNull(agentIdentities.ownerId), eq(agentIdentities.ownerId, assignableTo)),
  );
  return storage.inOrganisation(organisationId, async (transaction) => {
    const rows = await transaction
      .select({ ...shownIdentity, key })
      .from(agentIdentities)
      .where(and(filters, beyondCursor(cursor, key, agentIdentities.id, false)))
      .orderBy(asc(key), asc(agentIdentities.id))
      .limit(limit + 1);
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    const [all] = await transaction.select({ total: count() }).from(agentIdentities).where(filters);
    return {
      identities: page.map(presentIdentity),
      total: all?.total ?? 0,
      next: last ? cursorAfter(last.key, last.id) : null,
    };
  });
}
