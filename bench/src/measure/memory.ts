import type { TargetName } from "../driver/commands.ts";
import { settledMemory } from "../system/resident-memory.ts";
import { both, type Stage } from "./stage.ts";

/**
 * Resident memory of each server, in KiB, for each further idle connection. Many are opened before, because V8 first
 * widens its nursery, by as much as a thousand connections need.
 */
export async function measureMemory(stage: Stage): Promise<Record<TargetName, number>> {
  const { driver, plan } = stage;
  for (const target of both) await driver.ask("openIdle", { target, count: plan.firstConnections });
  const before = await memoryOfBoth(stage);
  for (const target of both) await driver.ask("openIdle", { target, count: plan.connections });
  const after = await memoryOfBoth(stage);
  for (const target of both) await driver.ask("closeIdle", { target });
  return {
    grata: (after.grata - before.grata) / plan.connections,
    reference: (after.reference - before.reference) / plan.connections,
  };
}

async function memoryOfBoth({ subjects }: Stage): Promise<Record<TargetName, number>> {
  const [grata, reference] = await Promise.all(both.map((target) => settledMemory(subjects[target].pid)));
  return { grata: grata ?? 0, reference: reference ?? 0 };
}
