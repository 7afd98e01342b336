import type { Routing } from "@grata/contract/routing";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { findingsOf, type World } from "./findings.ts";
import { readStored, type Stored } from "./stored.ts";
import { readWorld } from "./world.ts";

export type Shown = Routing;

/** The rules in their order, with what is wrong with them. */
export function readRouting(storage: Storage, asker: Asker): Promise<Shown> {
  const { organisationId } = requireUser(asker, "routing.manage");
  return storage.inOrganisation(organisationId, async (transaction) =>
    showRouting(await readStored(transaction, organisationId), await readWorld(transaction, organisationId)),
  );
}

/** Adds the findings to the stored rules, for an admin. */
export function showRouting(
  { version, rules, overflowMinutes, groupsSeeEverybody }: Stored,
  world: World,
): Shown {
  return { version, rules, overflowMinutes, groupsSeeEverybody, findings: findingsOf(rules, world) };
}
