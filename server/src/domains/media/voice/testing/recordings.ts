import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";

const run = promisify(execFile);

/** A folder that is gone when the test is finished. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "grata-voice-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A file with this content. */
export async function fileOf(content: Buffer | string, name = "recording"): Promise<string> {
  const path = join(await scratchFolder(), name);
  await writeFile(path, content);
  return path;
}

/** A recording made by the machine's ffmpeg, with the parameters of one output. */
export async function record(name: string, ...parameters: string[]): Promise<string> {
  const path = join(await scratchFolder(), name);
  await run("ffmpeg", ["-v", "error", "-y", ...parameters, path]);
  return path;
}

/** The parameters for so many seconds of a tone. */
export function tone(seconds: number, more = ""): string[] {
  return ["-f", "lavfi", "-i", `sine=frequency=440:duration=${seconds}${more}`];
}

/** What the machine's ffprobe says of some bytes: format, codec, channels, rate, seconds. */
export async function probe(content: Buffer): Promise<Record<string, string>> {
  const path = await fileOf(content);
  const entries = "format=format_name,duration,bit_rate:stream=codec_name,channels,sample_rate";
  const { stdout } = await run("ffprobe", [
    "-v",
    "error",
    "-show_entries",
    entries,
    "-of",
    "default=nw=1",
    path,
  ]);
  return Object.fromEntries(
    stdout
      .trim()
      .split("\n")
      .map((line) => line.split("=") as [string, string]),
  );
}
