import type { TargetName } from "../driver/commands.ts";
import { median } from "../driver/percentiles.ts";
import { both, type Stage, say } from "./stage.ts";

export type Throughput = Record<TargetName, number> & {
  /** The middle one of the rounds' own ratios: the machine's speed drifts, but not within a round. */
  ratio: number;
};

/** Messages stored and delivered in a second in closed loop, the two servers in turn. */
export async function measureThroughput(stage: Stage): Promise<Throughput> {
  const { plan } = stage;
  for (const target of both) await closedLoop(stage, target, plan.closedWarmUpSeconds);
  const rates: Record<TargetName, number[]> = { grata: [], reference: [] };
  for (let round = 1; round <= plan.closedRounds; round++) {
    for (const target of both) rates[target].push(await closedLoop(stage, target, plan.closedSeconds));
    say(
      `Closed loop, round ${round}: ${Math.round(rates.grata.at(-1) ?? 0)}/s, reference ${Math.round(rates.reference.at(-1) ?? 0)}/s`,
    );
  }
  const ratios = rates.grata.map((rate, round) => rate / (rates.reference[round] ?? Number.NaN));
  return { grata: median(rates.grata), reference: median(rates.reference), ratio: median(ratios) };
}

async function closedLoop(stage: Stage, target: TargetName, seconds: number): Promise<number> {
  const result = await stage.driver.ask("closedLoop", { target, inFlight: stage.inFlight, seconds });
  return result.messages / result.seconds;
}
