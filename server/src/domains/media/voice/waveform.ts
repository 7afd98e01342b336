/** How many bars a player draws. */
const BARS = 64;

/** What the highest bar is. */
const FULL = 100;

/** A recording quieter than this, of 32,768, is drawn as quiet as it is and not blown up to full height. */
const QUIET = 600;

/** The loudest sample of each of 64 equal parts, from 0 to 100 against the loudest of all. */
export function waveformOf(samples: Int16Array): number[] {
  const peaks = Array.from({ length: BARS }, (_, bar) =>
    loudest(samples.subarray(edge(bar, samples.length), edge(bar + 1, samples.length))),
  );
  const most = Math.max(QUIET, ...peaks);
  return peaks.map((peak) => Math.round((peak / most) * FULL));
}

function edge(bar: number, length: number): number {
  return Math.round((bar * length) / BARS);
}

function loudest(samples: Int16Array): number {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return peak;
}
