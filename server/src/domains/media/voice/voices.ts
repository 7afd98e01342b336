import { createTurns } from "../../../foundation/jobs/turns.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { type Ffmpeg, findFfmpeg } from "./ffmpeg.ts";
import { transcode, type Voice } from "./transcode.ts";

/** Makes voice messages of recordings. */
export type Voices = {
  /** Throws `voice_unreadable`, `voice_too_long`, `voice_empty`, `voice_unavailable` without FFmpeg, `unavailable`. */
  make(path: string): Promise<Voice>;
};

/** Each takes one processor, and most take a fifth of a second. */
const AT_ONCE = 2;

/** As many as are through within ten seconds; whoever comes then is asked to try again. */
const WAITING_AT_MOST = 50;

/** Throws StartupProblem if the ffmpeg that was given is none. Another one is looked for when the first recording comes. */
export async function openVoices(given: string | null, look = findFfmpeg): Promise<Voices> {
  const takeTurn = createTurns({
    atOnce: AT_ONCE,
    waitingAtMost: WAITING_AT_MOST,
    refusal: () => new Refusal("unavailable"),
  });
  let found: Promise<Ffmpeg | null> | undefined;
  const find = () => {
    found ??= look(given);
    return found;
  };
  if (given !== null) await find();

  async function make(path: string): Promise<Voice> {
    const ffmpeg = await find();
    if (ffmpeg === null) {
      // It may be installed without a restart.
      found = undefined;
      throw new Refusal("voice_unavailable");
    }
    const made = await transcode(ffmpeg, path);
    if (made.kind === "refused") throw new Refusal(made.code);
    return made.voice;
  }

  return { make: (path) => takeTurn(() => make(path)) };
}
