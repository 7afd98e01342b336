import type { Options } from "./options.ts";

/** How long each part of a run takes. */
export type Plan = {
  warmUpSeconds: number;
  /** Each round measures Grata and then the reference, so that both meet the same moods of the machine. */
  closedRounds: number;
  closedSeconds: number;
  openRounds: number;
  openSeconds: number;
  /** Connections before the first look at the memory, and those that are measured. */
  firstConnections: number;
  connections: number;
  /** Rates to try for the highest steady one; none in a quick run. */
  rates: number[];
  rateSeconds: number;
};

const thousands = (count: number) => Array.from({ length: count }, (_, index) => (index + 1) * 1000);

/** A quick run has to end in under 50 seconds. */
export function planOf({ quick, connections }: Pick<Options, "quick" | "connections">): Plan {
  if (quick) {
    return {
      warmUpSeconds: 1.5,
      closedRounds: 2,
      closedSeconds: 2.5,
      openRounds: 2,
      openSeconds: 2.5,
      firstConnections: 500,
      connections: connections ?? 1000,
      rates: [],
      rateSeconds: 0,
    };
  }
  return {
    warmUpSeconds: 5,
    closedRounds: 5,
    closedSeconds: 5,
    openRounds: 4,
    openSeconds: 10,
    firstConnections: 1000,
    connections: connections ?? 2000,
    rates: thousands(20),
    rateSeconds: 6,
  };
}
