import type { TargetName } from "../driver/commands.ts";
import { type Latencies, summarise } from "../driver/percentiles.ts";
import { secondsOf, secondsOfFamily } from "../system/processor-time.ts";
import { both, type Stage, say } from "./stage.ts";

export type SteadyLoad = {
  latencies: Latencies;
  /** How late the driver itself was with its messages. */
  lags: Latencies;
  /** CPU seconds for 1,000 messages. */
  serverCpu: number;
  databaseCpu: number;
};

const rate = 1000;

type Sample = { sent: number; latencies: number[]; lags: number[]; server: number; database: number };

/** Latency and CPU at 1,000 messages a second, the two servers in turn. */
export async function measureSteadyLoad(stage: Stage): Promise<Record<TargetName, SteadyLoad>> {
  const samples: Record<TargetName, Sample[]> = { grata: [], reference: [] };
  for (let round = 1; round <= stage.plan.openRounds; round++) {
    for (const target of both) samples[target].push(await sample(stage, target));
    const [grata, reference] = both.map((target) => summarise(samples[target].at(-1)?.latencies ?? []));
    say(
      `1,000 a second, round ${round}: p50 ${grata?.p50.toFixed(1)} p99 ${grata?.p99.toFixed(1)} ms, reference p50 ${reference?.p50.toFixed(1)} p99 ${reference?.p99.toFixed(1)} ms`,
    );
  }
  return { grata: gather(samples.grata), reference: gather(samples.reference) };
}

async function sample(stage: Stage, target: TargetName): Promise<Sample> {
  const { driver, plan, postmaster, servers } = stage;
  await driver.ask("openLoop", { target, rate, seconds: plan.openWarmUpSeconds });
  const used = () => ({ server: secondsOf(servers[target].pid), database: secondsOfFamily(postmaster) });
  const before = used();
  const { sent, latencies, lags } = await driver.ask("openLoop", { target, rate, seconds: plan.openSeconds });
  const after = used();
  return {
    sent,
    latencies,
    lags,
    server: after.server - before.server,
    database: after.database - before.database,
  };
}

function gather(samples: Sample[]): SteadyLoad {
  const total = (count: (sample: Sample) => number) => samples.reduce((sum, one) => sum + count(one), 0);
  const thousands = total((one) => one.sent) / 1000;
  return {
    latencies: summarise(samples.flatMap((one) => one.latencies)),
    lags: summarise(samples.flatMap((one) => one.lags)),
    serverCpu: total((one) => one.server) / thousands,
    databaseCpu: total((one) => one.database) / thousands,
  };
}
