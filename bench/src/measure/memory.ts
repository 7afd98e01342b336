import type { TargetName } from "../driver/commands.ts";
import { settledMemory } from "../system/resident-memory.ts";
import type { Stage } from "./stage.ts";

/**
 * Resident memory of the server for each further idle connection. A first few are opened before, so that what is loaded
 * or compiled with the first connection is not counted.
 */
export async function kibPerConnection(stage: Stage, target: TargetName): Promise<number> {
  const { driver, plan, subjects } = stage;
  await driver.ask("openIdle", { target, count: plan.firstConnections });
  const before = await settledMemory(subjects[target].pid);
  await driver.ask("openIdle", { target, count: plan.connections });
  const after = await settledMemory(subjects[target].pid);
  await driver.ask("closeIdle", { target });
  return (after - before) / plan.connections;
}
