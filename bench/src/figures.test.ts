import { expect, test } from "vitest";
import { type Figures, toJson, toTable } from "./figures.ts";

const latencies = { count: 5000, p50: 1.234, p99: 4.567, longest: 9 };
const load = { latencies, lags: latencies, serverCpu: 0.2, databaseCpu: 0.11111 };
const figures: Figures = {
  secondsToReady: { empty: 1.5, existing: 0.7 },
  throughput: { grata: 4321.6, reference: 8000, ratio: 0.54 },
  steadyLoad: { grata: load, reference: load },
  memory: { grata: 20.04, reference: 8 },
  steadyRates: undefined,
  loadAverage: { before: 1, after: 2 },
};

test("the JSON is one line with the agreed names, all numbers", () => {
  const json = toJson(figures);
  expect(json).not.toContain("\n");
  const parsed = JSON.parse(json) as Record<string, unknown>;
  expect(parsed).toMatchObject({
    messagesPerSecond: 4322,
    referenceMessagesPerSecond: 8000,
    ratio: 0.54,
    p50At1000Ms: 1.23,
    p99At1000Ms: 4.57,
    serverCpuSecondsPer1000: 0.2,
    databaseCpuSecondsPer1000: 0.111,
    kibPerConnection: 20,
  });
  expect(Object.values(parsed).every((value) => typeof value === "number")).toBe(true);
});

test("the table has the steady rates only after a long run", () => {
  expect(toTable(figures)).not.toContain("highest rate");
  const rates = { under10: 5000, under20: 6000 };
  expect(toTable({ ...figures, steadyRates: { grata: rates, reference: rates } })).toContain("5,000");
});
