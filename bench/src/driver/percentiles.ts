/** The smallest value that at least `share` of all values do not exceed (nearest rank). NaN when there are none. */
export function percentile(sorted: readonly number[], share: number): number {
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

export type Latencies = { count: number; p50: number; p99: number; longest: number };

/** What a reader wants to know of many latencies. */
export function summarise(latencies: readonly number[]): Latencies {
  const sorted = latencies.toSorted((one, other) => one - other);
  return {
    count: sorted.length,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    longest: sorted.at(-1) ?? Number.NaN,
  };
}

/** The middle one of some figures. */
export function median(values: readonly number[]): number {
  return percentile(
    values.toSorted((one, other) => one - other),
    0.5,
  );
}
