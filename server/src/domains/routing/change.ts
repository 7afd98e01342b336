import type { RoutingBody, RoutingRule } from "@grata/contract/routing";
import { sql } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { routing } from "../../foundation/schema/routing.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { differences, noteAudit } from "../audit/note.ts";
import { lockOrganisation } from "../organisations/lock-organisation.ts";
import type { World } from "./findings.ts";
import { type Shown, showRouting } from "./read.ts";
import { readStored, type Stored } from "./stored.ts";
import { readWorld } from "./world.ts";

/**
 * Writes the rules anew, on top of the version that the admin has read. Throws `routing_changed` where it is not the
 * newest any more, and `group_unknown` and its like where a rule that is new points to something that is not there: a
 * rule whose group was deleted later is kept, skipped and pointed out.
 */
export function changeRouting(storage: Storage, asker: Asker, body: RoutingBody): Promise<Shown> {
  const admin = requireUser(asker, "routing.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const { id, name } = await lockOrganisation(transaction, organisationId);
    const before = await readStored(transaction, organisationId);
    if (body.version !== before.version) throw new Refusal("routing_changed");
    const world = await readWorld(transaction, organisationId);
    requireTargets(body.rules, before.rules, world);
    const { rules, overflowMinutes, groupsSeeEverybody } = body;
    const after: Stored = { rules, overflowMinutes, groupsSeeEverybody, version: before.version + 1 };
    const changes = differences(described(before), described(after));
    if (Object.keys(changes).length === 0) return showRouting(before, world);
    await store(transaction, organisationId, after);
    await noteAudit(transaction, organisationId, admin, "routing.changed", { id, name }, changes);
    return showRouting(after, world);
  });
}

async function store(transaction: Transaction, organisationId: string, after: Stored): Promise<void> {
  await transaction
    .insert(routing)
    .values({ organisationId, ...after })
    .onConflictDoUpdate({
      target: routing.organisationId,
      set: {
        version: sql`excluded.version`,
        rules: sql`excluded.rules`,
        overflowMinutes: sql`excluded.overflow_minutes`,
        groupsSeeEverybody: sql`excluded.groups_see_everybody`,
      },
    });
}

/** As the audit log keeps it: the rules as one line each, cut where they are many. */
function described({ rules, overflowMinutes, groupsSeeEverybody }: Stored) {
  return { rules: JSON.stringify(rules).slice(0, 4_000), overflowMinutes, groupsSeeEverybody };
}

function requireTargets(rules: RoutingRule[], before: RoutingRule[], world: World): void {
  const known = new Map(before.map((rule) => [rule.id, JSON.stringify(rule)]));
  for (const rule of rules.filter((one) => known.get(one.id) !== JSON.stringify(one))) {
    const { groupId, when } = rule;
    const all = (ids: readonly string[] = [], there: { has(id: string): boolean }) =>
      ids.every((id) => there.has(id));
    if (groupId !== null && !world.groups.has(groupId)) throw new Refusal("group_unknown");
    if (!all(when.channels, world.channels)) throw new Refusal("channel_unknown");
    if (!all(when.tags, world.tags)) throw new Refusal("tag_unknown");
    if (when.field && !world.fields.has(when.field.id)) throw new Refusal("field_unknown");
  }
}
