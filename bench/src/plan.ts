import type { Options } from "./options.ts";

/** How long each part of a run takes. */
export type Plan = {
  closedWarmUpSeconds: number;
  /** Each round measures Grata and then the reference, so that both meet the same moods of the machine. */
  closedRounds: number;
  closedSeconds: number;
  openRounds: number;
  openWarmUpSeconds: number;
  openSeconds: number;
  /** Connections before the first look at the memory, and those that are measured. */
  firstConnections: number;
  connections: number;
  /** Rates to try for the highest steady one; none in a quick run. */
  rates: number[];
  rateSeconds: number;
};

const thousands = (count: number) => Array.from({ length: count }, (_, index) => (index + 1) * 1000);

/** When the measurements of a quick run are to be over, counted from its start; ending everything takes a moment too. */
export const quickRunSeconds = 41;
/** Shorter rounds would measure only chance. */
const shortestShare = 0.25;

/** A quick run has to end in under 50 seconds. */
export function planOf({ quick, connections }: Pick<Options, "quick" | "connections">): Plan {
  if (quick) {
    return {
      closedWarmUpSeconds: 1.5,
      closedRounds: 2,
      closedSeconds: 2.5,
      openRounds: 2,
      openWarmUpSeconds: 0.7,
      openSeconds: 2.5,
      firstConnections: 500,
      connections: connections ?? 1000,
      rates: [],
      rateSeconds: 0,
    };
  }
  return {
    closedWarmUpSeconds: 5,
    closedRounds: 5,
    closedSeconds: 5,
    openRounds: 4,
    openWarmUpSeconds: 2,
    openSeconds: 10,
    firstConnections: 1000,
    connections: connections ?? 2000,
    rates: thousands(20),
    rateSeconds: 6,
  };
}

/** How long the rounds of both servers take together. */
export function roundsSeconds(plan: Plan): number {
  const closed = plan.closedWarmUpSeconds + plan.closedRounds * plan.closedSeconds;
  const open = plan.openRounds * (plan.openWarmUpSeconds + plan.openSeconds);
  return 2 * (closed + open);
}

/** The same plan, with shorter rounds if they would take longer than the seconds that are left. */
export function shortenPlan(plan: Plan, secondsLeft: number): Plan {
  const share = Math.max(shortestShare, secondsLeft / roundsSeconds(plan));
  if (share >= 1) return plan;
  return {
    ...plan,
    closedWarmUpSeconds: plan.closedWarmUpSeconds * share,
    closedSeconds: plan.closedSeconds * share,
    openWarmUpSeconds: plan.openWarmUpSeconds * share,
    openSeconds: plan.openSeconds * share,
  };
}
