/** What may be sent as a file: without schemas, because the chat window has no room for them. */

const megabyte = 1_048_576;

/** The largest file of each kind, in bytes, and the most pixels of an image. */
export const fileLimits = {
  image: 20 * megabyte,
  file: 50 * megabyte,
  /** A minute of speech is 250 kB in most browsers, and a megabyte and a half in the one that spends most. */
  voice: 4 * megabyte,
  pixels: 64_000_000,
} as const;

/** The endings of the images that are shown in the chat. The server draws them anew. */
export const imageEndings = ["jpg", "jpeg", "png", "webp", "gif", "avif"] as const;

/** The endings of what is only handed on, to be downloaded. What a browser would run or draw itself is not there. */
export const otherEndings = [
  ...["pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf"],
  ...["txt", "csv", "md", "log", "json"],
  ...["zip", "7z", "rar", "gz"],
  ...["mp3", "m4a", "wav", "ogg", "flac", "aac", "amr"],
  ...["mp4", "mov", "webm"],
] as const;

/** The letters behind the last dot of a name, in lower case; empty where there are none. */
export function endingOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot < 1 ? "" : name.slice(dot + 1).toLowerCase();
}

/** What a file of this name is taken for; null: it is not taken. */
export function kindByName(name: string): "image" | "file" | null {
  const isThere = (endings: readonly string[]) => endings.includes(endingOf(name));
  return isThere(imageEndings) ? "image" : isThere(otherEndings) ? "file" : null;
}

/** What a name may not have: folders, what cannot be seen, what turns the direction of the text around it. */
export const unsafeInNames = /[/\\\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
/** In UTF-16 code units: no file system has longer ones. */
export const fileNameLimit = 255;

/** Why a file would be refused, as far as its name and size tell; null: send it. */
export function reasonAgainstFile(
  name: string,
  bytes: number,
): "file_type_refused" | "file_too_large" | "file_empty" | null {
  const kind = kindByName(name);
  if (kind === null) return "file_type_refused";
  if (bytes === 0) return "file_empty";
  return bytes > fileLimits[kind] ? "file_too_large" : null;
}
