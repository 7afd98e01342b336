/**
 * What FFmpeg's own program does for us, by the FFmpeg of the addon: reads a recording, writes its samples to the
 * standard output and MP3 to the pipe numbered 3. A program of its own, so that what a stranger sent is never decoded in
 * the server's process.
 */
import { writeSync } from "node:fs";
import { createRequire } from "node:module";
import type { Addon, Frame } from "./addon.ts";
import { decode } from "./decode.ts";
import { encode } from "./encode.ts";
import { createResampler } from "./resample.ts";

const OUTPUT = 1;
const MP3_OUTPUT = 3;
const BYTES_PER_SAMPLE = 2;

const [addonPath = "", path, demuxer = "", decoders = "", measure = "", sound = ""] = process.argv.slice(2);
const av: Addon = createRequire(import.meta.url)(addonPath);
// Without a recording it only tells by its exit code whether the addon can be loaded here.
if (path !== undefined) convert(path);

function convert(recording: string): void {
  const measured = JSON.parse(measure) as { rate: number; seconds: number };
  const wanted = JSON.parse(sound) as { rate: number; seconds: number; bitRate: number };
  const toMeasure = createPart(measured.rate, measured.seconds);
  const toEncode = createPart(wanted.rate, wanted.seconds);
  const take = (frame: Frame | null) => {
    toMeasure.take(frame);
    toEncode.take(frame);
  };
  decode(av, { path: recording, demuxer, decoders: decoders.split(",") }, take, toMeasure.full);
  take(null);
  writeAll(OUTPUT, toMeasure.samples());
  writeAll(MP3_OUTPUT, encode(av, toEncode.samples(), wanted.rate, wanted.bitRate));
}

/** The samples of the first seconds, at a rate. */
function createPart(rate: number, seconds: number) {
  const limit = rate * seconds * BYTES_PER_SAMPLE;
  const resampler = createResampler(av, rate);
  const parts: Buffer[] = [];
  let length = 0;
  const full = () => length >= limit;
  return {
    full,
    take(frame: Frame | null) {
      if (full()) return;
      const part = resampler.convert(frame);
      parts.push(part);
      length += part.length;
    },
    samples: () => Buffer.concat(parts).subarray(0, limit),
  };
}

function writeAll(file: number, bytes: Buffer): void {
  let at = 0;
  while (at < bytes.length) at += writeSync(file, bytes, at);
}
