/**
 * The containers that browsers record into (Chrome and Firefox: WebM or Ogg, Safari: MP4) and what channels hand over
 * (AMR, MP3, WAV). The value is the name of FFmpeg's demuxer.
 */
export type Container = "matroska" | "ogg" | "mov" | "amr" | "mp3" | "wav";

/** How much of a file says what it is. */
export const HEAD_LENGTH = 16;

/**
 * What a recording is, by its first bytes: never by its name, and never by FFmpeg's own guess, which would take a
 * playlist for a recording and fetch what stands in it. Undefined for everything else.
 */
export function recogniseContainer(head: Buffer): Container | undefined {
  const begins = (text: string, at = 0) => head.toString("latin1", at, at + text.length) === text;
  if (begins("\x1a\x45\xdf\xa3")) return "matroska";
  if (begins("OggS")) return "ogg";
  if (begins("ftyp", 4)) return "mov";
  if (begins("#!AMR")) return "amr";
  if (begins("RIFF") && begins("WAVE", 8)) return "wav";
  if (begins("ID3") || isMp3Frame(head)) return "mp3";
  return undefined;
}

/** Eleven bits of synchronisation, then a version and a layer (III) that exist: ISO 11172-3, 2.4.1.3. */
function isMp3Frame(head: Buffer): boolean {
  const [first = 0, second = 0] = head;
  return first === 0xff && (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08;
}
