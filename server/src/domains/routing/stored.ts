import type { Routing, RoutingBody, RoutingRule } from "@grata/contract/routing";
import { eq, sql } from "drizzle-orm";
import { routing } from "../../foundation/schema/routing.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";

export type Stored = Omit<RoutingBody, "version"> & { version: Routing["version"] };

/** As it is before anybody has changed it. */
const nothing: Stored = { version: 0, rules: [], overflowMinutes: null, groupsSeeEverybody: true };

/** Reads the routing of an organisation. */
export async function readStored(transaction: Transaction, organisationId: string): Promise<Stored> {
  const [row] = await transaction
    .select({
      version: routing.version,
      rules: routing.rules,
      overflowMinutes: routing.overflowMinutes,
      groupsSeeEverybody: routing.groupsSeeEverybody,
    })
    .from(routing)
    .where(eq(routing.organisationId, organisationId));
  return row ?? nothing;
}

type Remembered = { version: number; rules: RoutingRule[] };

/** The rules of organisations whose customers write to this node: parsed once for each version. */
const remembered = new Map<string, Remembered>();
const mostRemembered = 1_000;

/** Reads the rules for a new chat: only their version, as long as that is the one that this node knows. */
export async function readRules(transaction: Transaction, organisationId: string): Promise<RoutingRule[]> {
  const known = remembered.get(organisationId);
  const [row] = await transaction
    .select({
      version: routing.version,
      rules: sql<RoutingRule[] | null>`CASE WHEN ${routing.version} = ${known?.version ?? 0} THEN NULL
        ELSE ${routing.rules} END`,
    })
    .from(routing)
    .where(eq(routing.organisationId, organisationId));
  if (row === undefined) return [];
  if (row.rules === null) return known?.rules ?? [];
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(organisationId, { version: row.version, rules: row.rules });
  return row.rules;
}
