import { expect, test } from "vitest";
import { waveformOf } from "./waveform.ts";

test("C5: a waveform has 64 heights, the loudest at 100", () => {
  const samples = Int16Array.from({ length: 6400 }, (_, at) => (at < 3200 ? 1000 : -32_768));
  const waveform = waveformOf(samples);
  expect(waveform.slice(0, 32)).toEqual(Array(32).fill(3));
  expect(waveform.slice(32)).toEqual(Array(32).fill(100));
});

test("C5: a recording with fewer samples than heights, and one of faint noise, stay small", () => {
  expect(waveformOf(Int16Array.from([600, 0]))).toHaveLength(64);
  expect(Math.max(...waveformOf(new Int16Array(1000).fill(30)))).toBe(5);
});
