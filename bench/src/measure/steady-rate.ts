import type { TargetName } from "../driver/commands.ts";
import { summarise } from "../driver/percentiles.ts";
import { type Stage, say } from "./stage.ts";

/** The highest rates tried at which the 99th percentile stayed below 10 and 20 ms; 0 when none did. */
export type SteadyRates = { under10: number; under20: number };

/** Raises the rate until the 99th percentile passes 20 ms or the server falls behind. */
export async function findSteadyRates(stage: Stage, target: TargetName): Promise<SteadyRates> {
  const found: SteadyRates = { under10: 0, under20: 0 };
  let below10 = true;
  for (const rate of stage.plan.rates) {
    const { latencies, keptUp } = await stage.driver.ask("openLoop", {
      target,
      rate,
      seconds: stage.plan.rateSeconds,
    });
    const { p50, p99 } = summarise(latencies);
    say(`${target} at ${rate} a second: p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} ms`);
    if (!keptUp || p99 >= 20) break;
    below10 &&= p99 < 10;
    if (below10) found.under10 = rate;
    found.under20 = rate;
  }
  return found;
}
