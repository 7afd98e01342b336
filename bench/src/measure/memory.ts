import type { TargetName } from "../driver/commands.ts";
import { openInspector } from "../profile/inspector.ts";
import { settledMemory } from "../system/resident-memory.ts";
import { both, type Stage } from "./stage.ts";

/**
 * Resident memory of each server, in KiB, for each further idle connection. Garbage is collected before each look: what
 * is left of the start would otherwise hide thousands of connections. Some are opened before, because V8 first widens
 * its nursery by as much as a thousand of them need.
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

async function memoryOfBoth({ servers }: Stage): Promise<Record<TargetName, number>> {
  const look = async (target: TargetName): Promise<number> => {
    const inspector = await openInspector(servers[target]);
    await inspector.collectGarbage();
    inspector.close();
    return settledMemory(servers[target].pid);
  };
  const [grata, reference] = await Promise.all([look("grata"), look("reference")]);
  return { grata, reference };
}
