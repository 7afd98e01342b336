import type { TargetName } from "./driver/commands.ts";
import type { SteadyLoad } from "./measure/steady-load.ts";
import type { SteadyRates } from "./measure/steady-rate.ts";
import type { Throughput } from "./measure/throughput.ts";

/** What a run found. */
export type Figures = {
  secondsToReady: { empty: number; existing: number };
  throughput: Throughput;
  steadyLoad: Record<TargetName, SteadyLoad>;
  /** KiB for each idle connection. */
  memory: Record<TargetName, number>;
  /** Undefined in a quick run. */
  steadyRates: Record<TargetName, SteadyRates> | undefined;
  /** Of one minute, at the beginning and at the end: this machine is shared. */
  loadAverage: { before: number; after: number };
};

const round = (value: number, digits: number) => Number(value.toFixed(digits));

/** The figures as one line of JSON. */
export function toJson(figures: Figures): string {
  const { throughput, steadyLoad, memory, secondsToReady, loadAverage } = figures;
  const { grata, reference } = steadyLoad;
  return JSON.stringify({
    messagesPerSecond: Math.round(throughput.grata),
    referenceMessagesPerSecond: Math.round(throughput.reference),
    ratio: round(throughput.ratio, 3),
    p50At1000Ms: round(grata.latencies.p50, 2),
    p99At1000Ms: round(grata.latencies.p99, 2),
    serverCpuSecondsPer1000: round(grata.serverCpu, 3),
    databaseCpuSecondsPer1000: round(grata.databaseCpu, 3),
    kibPerConnection: round(memory.grata, 1),
    referenceP50At1000Ms: round(reference.latencies.p50, 2),
    referenceP99At1000Ms: round(reference.latencies.p99, 2),
    referenceServerCpuSecondsPer1000: round(reference.serverCpu, 3),
    referenceDatabaseCpuSecondsPer1000: round(reference.databaseCpu, 3),
    referenceKibPerConnection: round(memory.reference, 1),
    secondsToReadyEmpty: round(secondsToReady.empty, 2),
    secondsToReadyExisting: round(secondsToReady.existing, 2),
    loadAverageBefore: round(loadAverage.before, 2),
    loadAverageAfter: round(loadAverage.after, 2),
  });
}

/** The figures as a table, with what docs/performance.md aims at. */
export function toTable(figures: Figures): string {
  const { throughput, steadyLoad, memory, secondsToReady, steadyRates, loadAverage } = figures;
  const { grata, reference } = steadyLoad;
  const rows: Row[] = [
    ["", "Grata", "reference", "aim"],
    ["messages a second, closed loop", throughput.grata, throughput.reference, ">= 4,000"],
    ["  of the reference", throughput.ratio.toFixed(2), "", ">= 0.5"],
    ["p50 at 1,000 a second, ms", ms(grata.latencies.p50), ms(reference.latencies.p50), "<= 2"],
    ["p99 at 1,000 a second, ms", ms(grata.latencies.p99), ms(reference.latencies.p99), "<= 5"],
    ["  longest, ms", ms(grata.latencies.longest), ms(reference.latencies.longest), ""],
    ["  of it the driver's own lag, p50, ms", ms(grata.lags.p50), ms(reference.lags.p50), ""],
    ["CPU s per 1,000, server", grata.serverCpu.toFixed(3), reference.serverCpu.toFixed(3), ""],
    ["CPU s per 1,000, database", grata.databaseCpu.toFixed(3), reference.databaseCpu.toFixed(3), ""],
    ["CPU s per 1,000, both", both(grata), both(reference), "<= 0.6"],
    ["KiB per idle connection", memory.grata.toFixed(1), memory.reference.toFixed(1), "<= 35"],
    ["seconds to ready, empty folder", secondsToReady.empty.toFixed(2), "", "< 5"],
    ["seconds to ready, existing folder", secondsToReady.existing.toFixed(2), "", "< 2"],
  ];
  if (steadyRates) {
    rows.push(
      ["highest rate with p99 < 10 ms", steadyRates.grata.under10, steadyRates.reference.under10, "5,000"],
      ["highest rate with p99 < 20 ms", steadyRates.grata.under20, steadyRates.reference.under20, ""],
    );
  }
  const load = `Load average ${loadAverage.before.toFixed(2)} before, ${loadAverage.after.toFixed(2)} after.`;
  return `${rows.map(line).join("\n")}\n${load}`;
}

type Row = [name: string, grata: string | number, reference: string | number, aim: string];

const ms = (value: number) => value.toFixed(2);
const both = (load: SteadyLoad) => (load.serverCpu + load.databaseCpu).toFixed(3);
const text = (value: string | number) =>
  typeof value === "number" ? Math.round(value).toLocaleString("en") : value;

function line([name, grata, reference, aim]: Row): string {
  return `${name.padEnd(38)}${text(grata).padStart(10)}${text(reference).padStart(12)}${aim.padStart(11)}`;
}
