import { loadavg } from "node:os";
import type { Cleanup } from "./cleanup.ts";
import type { TargetName } from "./driver/commands.ts";
import type { Figures } from "./figures.ts";
import { checkStored } from "./measure/check-stored.ts";
import { measureMemory } from "./measure/memory.ts";
import { both, say } from "./measure/stage.ts";
import { measureSteadyLoad } from "./measure/steady-load.ts";
import { findSteadyRates } from "./measure/steady-rate.ts";
import { measureThroughput } from "./measure/throughput.ts";
import type { Options } from "./options.ts";
import { prepareStage } from "./prepare-stage.ts";
import { profileLoads } from "./profile/profile-loads.ts";

/** Starts everything, measures, and returns what it found. Throws BenchFailure when a message was not kept. */
export async function run(options: Options, cleanup: Cleanup): Promise<Figures> {
  const before = loadAverage();
  const { stage, secondsToReady, inspector } = await prepareStage(options, cleanup);
  const memory = await measureMemory(stage);
  say(`Idle connections: ${memory.grata.toFixed(1)} KiB each, reference ${memory.reference.toFixed(1)}`);
  for (const target of both) await stage.driver.ask("openPairs", { target });
  const throughput = await measureThroughput(stage);
  const steadyLoad = await measureSteadyLoad(stage);
  const steadyRates =
    stage.plan.rates.length > 0 ? await inTurn((target) => findSteadyRates(stage, target)) : undefined;
  await checkStored(stage);
  if (inspector && options.profile !== undefined) await profileLoads(stage, inspector, options.profile);
  return {
    secondsToReady,
    throughput,
    steadyLoad,
    memory,
    steadyRates,
    loadAverage: { before, after: loadAverage() },
  };
}

async function inTurn<Result>(
  measure: (target: TargetName) => Promise<Result>,
): Promise<Record<TargetName, Result>> {
  return { grata: await measure("grata"), reference: await measure("reference") };
}

/** Of the last minute. */
function loadAverage(): number {
  return loadavg()[0] ?? 0;
}
