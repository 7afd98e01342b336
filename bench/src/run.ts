import { loadavg } from "node:os";
import type { Cleanup } from "./cleanup.ts";
import type { TargetName } from "./driver/commands.ts";
import type { Figures } from "./figures.ts";
import { checkStored } from "./measure/check-stored.ts";
import { measureMemory } from "./measure/memory.ts";
import { both, type Stage, say } from "./measure/stage.ts";
import { measureSteadyLoad } from "./measure/steady-load.ts";
import { findSteadyRates } from "./measure/steady-rate.ts";
import { measureThroughput } from "./measure/throughput.ts";
import type { Options } from "./options.ts";
import { quickRunSeconds, shortenPlan } from "./plan.ts";
import { prepareStage } from "./prepare-stage.ts";
import { profileLoads } from "./profile/profile-loads.ts";

/** Starts everything, measures, and returns what it found. Throws BenchFailure when a message was not kept. */
export async function run(options: Options, cleanup: Cleanup): Promise<Figures> {
  const before = loadAverage();
  const { stage, secondsToReady } = await prepareStage(options, cleanup);
  const memory = await measureMemory(stage);
  say(`Idle connections: ${memory.grata.toFixed(1)} KiB each, reference ${memory.reference.toFixed(1)}`);
  for (const target of both) await stage.driver.ask("openPairs", { target });
  if (options.quick) hurry(stage);
  const throughput = await measureThroughput(stage);
  const steadyLoad = await measureSteadyLoad(stage);
  const steadyRates =
    stage.plan.rates.length > 0 ? await inTurn((target) => findSteadyRates(stage, target)) : undefined;
  await checkStored(stage);
  if (options.profile !== undefined) await profileLoads(stage, options.profile);
  return {
    secondsToReady,
    throughput,
    steadyLoad,
    memory,
    steadyRates,
    loadAverage: { before, after: loadAverage() },
  };
}

/** On a busy machine the start alone takes long: what is left of the time is then shared out. */
function hurry(stage: Stage): void {
  const shortened = shortenPlan(stage.plan, quickRunSeconds - performance.now() / 1000);
  if (shortened === stage.plan) return;
  say("This machine is busy: every round is shortened.");
  stage.plan = shortened;
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
