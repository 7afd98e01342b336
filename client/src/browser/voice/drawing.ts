/** How voice messages are drawn, for both browser apps. */

/** The box in which `waveformPath` draws: as wide as its bars need, and so high. */
export const waveformHeight = 24;
const STEP = 3;

/** A bar is never less than a dot, so that silence is seen too. */
const LEAST = 2;

export function waveformWidth(waveform: readonly number[]): number {
  return waveform.length * STEP;
}

/** Upright strokes around the middle line, one for each height from 0 to 100. */
export function waveformPath(waveform: readonly number[]): string {
  return waveform
    .map((height, bar) => {
      const length = LEAST + (height / 100) * (waveformHeight - 2 * LEAST);
      return `M${bar * STEP + STEP / 2} ${round((waveformHeight - length) / 2)}v${round(length)}`;
    })
    .join("");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A length as clocks show it: 0:07. */
export function formatLength(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
