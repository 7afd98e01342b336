import { open } from "node:fs/promises";
import type { ErrorCode } from "@grata/contract/error-codes";
import { type Container, HEAD_LENGTH, recogniseContainer } from "./container.ts";
import type { Ffmpeg } from "./ffmpeg.ts";
import { type Outcome, runLimited } from "./limited-process.ts";
import { waveformOf } from "./waveform.ts";

/** A voice message as every browser and WeChat play it: MP3, one channel, 64 kbit/s. */
export type Voice = {
  mp3: Buffer;
  milliseconds: number;
  /** 64 heights from 0 to 100. */
  waveform: number[];
};

type Refusal = Extract<ErrorCode, "voice_unreadable" | "voice_too_long" | "voice_empty">;

export type Transcoded = { kind: "voice"; voice: Voice } | { kind: "refused"; code: Refusal };

/** What is kept of a recording, in seconds. A hair under 60: an encoder adds a little, and WeChat refuses more than 60. */
const KEPT = 59.9;

/** A recording that is longer than this was not made by holding a button for at most a minute. */
const TOO_LONG = 62;

/** Less than this is a click. */
const LEAST_MILLISECONDS = 100;

const MP3 = { rate: 44_100, bitRate: 64_000, seconds: KEPT };

/** Enough to measure a length to the millisecond and to draw a waveform. */
const MEASURE = { rate: 8000, seconds: TOO_LONG };

const BYTES_PER_SAMPLE = 2;

/** How a shell says that the program itself is the trouble. */
const CANNOT_RUN = 126;
const NOT_FOUND = 127;

const decoders: Record<Container, string[]> = {
  matroska: ["opus", "libopus", "vorbis", "libvorbis", "pcm_f32le"],
  ogg: ["opus", "libopus", "vorbis", "libvorbis"],
  mov: ["aac", "opus", "libopus", "mp3", "mp3float", "alac"],
  amr: ["amrnb", "amrwb"],
  mp3: ["mp3", "mp3float"],
  wav: ["pcm_s16le", "pcm_u8", "pcm_f32le"],
};

const megabytes = (count: number) => count * 1024 * 1024;

/** Twenty seconds: a minute of sound takes half of one, on a machine that has nothing else to do. */
const MILLISECONDS = 20_000;

const room = {
  output: MEASURE.rate * MEASURE.seconds * BYTES_PER_SAMPLE + 65_536,
  third: megabytes(1),
};

/**
 * Makes a voice message of the recording in a file, in a process of its own. Whatever a stranger put into the file, it
 * is read as one of a few containers with one of a few decoders, by nothing that could open another file or address.
 */
export async function transcode(ffmpeg: Ffmpeg, path: string): Promise<Transcoded> {
  const head = await readHead(path);
  if (head.length === 0) return { kind: "refused", code: "voice_empty" };
  const container = recogniseContainer(head);
  if (!container) return { kind: "refused", code: "voice_unreadable" };
  return judge(await convert(ffmpeg, container, path));
}

function convert(ffmpeg: Ffmpeg, container: Container, path: string): Promise<Outcome> {
  const known = decoders[container].join(",");
  switch (ffmpeg.kind) {
    case "program":
      return runLimited(
        ffmpeg.path,
        parametersFor(container, known, path),
        { milliseconds: MILLISECONDS, bytes: megabytes(1024) },
        room,
      );
    case "addon": {
      const parameters = [ffmpeg.addon, path, container, known, JSON.stringify(MEASURE), JSON.stringify(MP3)];
      return runLimited(
        ffmpeg.node,
        ["--max-old-space-size=128", ffmpeg.program, ...parameters],
        // Node alone reserves more than one gigabyte of addresses, of which it uses little.
        { milliseconds: MILLISECONDS, bytes: megabytes(4096) },
        room,
      );
    }
  }
}

function parametersFor(container: Container, known: string, path: string): string[] {
  const input = [
    ["-protocol_whitelist", "file"],
    ["-format_whitelist", container],
    ["-codec_whitelist", known],
    ["-f", container],
    ["-i", `file:${path}`],
  ];
  const sound = [
    ["-map", "0:a:0"],
    ["-t", String(MP3.seconds)],
    ["-ac", "1"],
    ["-ar", String(MP3.rate)],
    ["-c:a", "libmp3lame"],
    ["-b:a", String(MP3.bitRate)],
    ["-map_metadata", "-1"],
    ["-map_chapters", "-1"],
    ["-write_xing", "0"],
    ["-id3v2_version", "0"],
    ["-f", "mp3", "pipe:3"],
  ];
  const measure = [
    ["-map", "0:a:0"],
    ["-t", String(MEASURE.seconds)],
    ["-ac", "1"],
    ["-ar", String(MEASURE.rate)],
    ["-f", "s16le", "pipe:1"],
  ];
  const program = ["-nostdin", "-hide_banner", "-nostats", "-loglevel", "info", "-max_alloc", "67108864"];
  return [...program, "-threads", "1", ...[...input, ...sound, ...measure].flat()];
}

function judge(outcome: Outcome): Transcoded {
  if (outcome.kind === "stopped") return { kind: "refused", code: "voice_unreadable" };
  const { code, output, third: mp3, complaints } = outcome;
  if (code === CANNOT_RUN || code === NOT_FOUND) throw new Error("The ffmpeg that was there cannot be run.");
  const samples = new Int16Array(
    output.buffer,
    output.byteOffset,
    Math.floor(output.length / BYTES_PER_SAMPLE),
  );
  const milliseconds = Math.round((samples.length / MEASURE.rate) * 1000);
  if (hasVideo(complaints)) return { kind: "refused", code: "voice_unreadable" };
  if (milliseconds >= MEASURE.seconds * 1000 - 1) return { kind: "refused", code: "voice_too_long" };
  if (code !== 0) return { kind: "refused", code: "voice_unreadable" };
  if (milliseconds < LEAST_MILLISECONDS) return { kind: "refused", code: "voice_empty" };
  const kept = samples.subarray(0, MEASURE.rate * KEPT);
  return {
    kind: "voice",
    voice: { mp3, milliseconds: Math.min(milliseconds, KEPT * 1000), waveform: waveformOf(kept) },
  };
}

/** FFmpeg lists what it finds. Somebody who writes these words into a title is refused, and harms nobody. */
function hasVideo(complaints: string): boolean {
  return /^ {2}Stream #0:\d.*: Video: /m.test(complaints.split("\nOutput #0")[0] ?? "");
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_LENGTH), 0, HEAD_LENGTH, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
