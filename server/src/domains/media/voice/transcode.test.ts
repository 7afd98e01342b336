import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Ffmpeg, findAddon, findFfmpeg } from "./ffmpeg.ts";
import { fileOf, probe, record, tone } from "./testing/recordings.ts";
import { transcode, type Voice } from "./transcode.ts";

const system = await findFfmpeg(null);
const addon = await findAddon();

async function voiceOf(ffmpeg: Ffmpeg, path: string): Promise<Voice> {
  const made = await transcode(ffmpeg, path);
  if (made.kind !== "voice") throw new Error(`It was refused: ${made.code}`);
  return made.voice;
}

describe.each([
  ["the ffmpeg of the machine", system],
  ["the FFmpeg of the package", addon],
])("by %s", (_name, found) => {
  if (!found) throw new Error("There is none.");
  const ffmpeg: Ffmpeg = found;

  test.each([
    ["Chrome's WebM", "a.webm", "-c:a libopus -ac 1 -ar 48000"],
    ["Chrome's stereo WebM", "b.webm", "-c:a libopus -ac 2"],
    ["Firefox's Ogg", "a.ogg", "-c:a libopus"],
    ["an Ogg with Vorbis", "b.ogg", "-c:a libvorbis"],
    ["Safari's MP4", "a.mp4", "-c:a aac -ar 48000"],
    ["an MP4 in fragments", "b.mp4", "-c:a aac -movflags frag_keyframe+empty_moov"],
    ["an MP3", "a.mp3", "-c:a libmp3lame"],
    ["a WAV", "a.wav", "-c:a pcm_s16le"],
  ])(
    "C5: %s becomes MP3 in one channel, with its length to the millisecond",
    async (_what, name, parameters) => {
      const voice = await voiceOf(ffmpeg, await record(name, ...tone(3), ...parameters.split(" ")));
      expect(await probe(voice.mp3)).toMatchObject({
        codec_name: "mp3",
        channels: "1",
        sample_rate: "44100",
        bit_rate: "64000",
      });
      // Some encoders put a few milliseconds before and after.
      expect(Math.abs(voice.milliseconds - 3000)).toBeLessThan(80);
    },
  );

  test("C5: the waveform shows where it is loud", async () => {
    const fading = await record("a.webm", ...tone(4), "-af", "volume='if(lt(t,2),0.05,0.8)':eval=frame");
    const { waveform } = await voiceOf(ffmpeg, fading);
    expect(waveform).toHaveLength(64);
    expect(Math.max(...waveform)).toBe(100);
    expect(Math.max(...waveform.slice(2, 30))).toBeLessThan(20);
    expect(Math.min(...waveform.slice(34, 62))).toBeGreaterThan(80);
  });

  test("C5: a minute of stillness is a flat line, of at most 60 seconds even after encoding", async () => {
    const silence = await record("a.webm", "-f", "lavfi", "-i", "anullsrc=r=48000:cl=mono", "-t", "60.3");
    const voice = await voiceOf(ffmpeg, silence);
    expect(new Set(voice.waveform)).toEqual(new Set([0]));
    expect(voice.milliseconds).toBeLessThanOrEqual(60_000);
    expect(Number((await probe(voice.mp3)).duration)).toBeLessThanOrEqual(60);
  });

  test("C5: what a recorder wrote into the file about its device or place is not in what is played", async () => {
    const tagged = await record(
      "a.mp4",
      ...tone(1),
      "-c:a",
      "aac",
      "-metadata",
      "location=+31.2304+121.4737/",
    );
    const { mp3 } = await voiceOf(ffmpeg, tagged);
    expect(mp3.includes("31.2304")).toBe(false);
  });

  test.each([
    ["nothing at all", "", "voice_empty"],
    ["words", "This is no recording.", "voice_unreadable"],
    ["a web page", "<html><script>alert(1)</script></html>", "voice_unreadable"],
    [
      "the head of a WebM with a page behind it",
      "\x1a\x45\xdf\xa3<html><script>alert(1)</script>",
      "voice_unreadable",
    ],
    ["the head of an Ogg with noise behind it", `OggS${"x".repeat(5000)}`, "voice_unreadable"],
    ["the head of an MP4 with nothing behind it", "\0\0\0\x18ftypmp42", "voice_unreadable"],
    ["a concat script that names a file", "ffconcat version 1.0\nfile /etc/passwd\n", "voice_unreadable"],
  ])("C5: %s is refused", async (_what, content, code) => {
    expect(await transcode(ffmpeg, await fileOf(Buffer.from(content, "latin1")))).toEqual({
      kind: "refused",
      code,
    });
  });

  test("C5: a playlist is refused, under whatever name, and nothing that it names is fetched", async () => {
    const fetched: string[] = [];
    const server = createServer(({ url = "" }, response) => {
      fetched.push(url);
      response.end();
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    onTestFinished(() => void server.close());
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n${address}/a.ts\n#EXTINF:3,\nfile:///etc/passwd\n`;
    const audio = await readFile(await record("a.mp3", ...tone(1)));
    for (const content of [
      playlist,
      `ID3\x04\0\0\0\0\0\0${playlist}`,
      Buffer.concat([Buffer.from(playlist), audio]),
    ]) {
      for (const name of ["a.m3u8", "a.webm"]) {
        const made = await transcode(ffmpeg, await fileOf(content, name));
        expect(made).toMatchObject({ kind: "refused", code: "voice_unreadable" });
      }
    }
    expect(fetched).toEqual([]);
  });

  test.each([
    ["ten minutes", "a.wav", tone(600, ":sample_rate=8000"), "-c:a pcm_u8", "voice_too_long"],
    ["a hair more than the minute allows", "a.webm", tone(63), "-c:a libopus", "voice_too_long"],
    ["a click", "a.webm", tone(0.05), "-c:a libopus", "voice_empty"],
  ])("C5: %s is refused", async (_what, name, sound, parameters, code) => {
    const path = await record(name, ...sound, ...parameters.split(" "));
    expect(await transcode(ffmpeg, path)).toEqual({ kind: "refused", code });
  });

  test.each([
    ["a film with sound", ["-f", "lavfi", "-i", "testsrc=size=64x64:duration=1", ...tone(1), "-shortest"]],
    ["a film without sound", ["-f", "lavfi", "-i", "testsrc=size=64x64:duration=1"]],
  ])("C5: %s is refused", async (_what, parameters) => {
    for (const name of ["a.mp4", "a.webm"]) {
      const path = await record(name, ...parameters);
      expect(await transcode(ffmpeg, path)).toEqual({ kind: "refused", code: "voice_unreadable" });
    }
  });

  test("C5: a recording that was cut off is played as far as it goes", async () => {
    const whole = await readFile(await record("a.webm", ...tone(4), "-c:a", "libopus"));
    const voice = await voiceOf(ffmpeg, await fileOf(whole.subarray(0, whole.length / 2)));
    expect(voice.milliseconds).toBeGreaterThan(1000);
    expect(voice.milliseconds).toBeLessThan(3000);
  });
});
