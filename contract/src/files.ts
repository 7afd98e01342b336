/** Files in a chat: what may be sent, how it is uploaded, and what a message says of the file that it carries. */
import * as z from "zod/mini";
import { fails, isText } from "./text.ts";

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

/** As browsers give it: no folder, nothing that cannot be seen, nothing that turns the direction of the text around it. */
const unsafeInNames = /[/\\\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
export const fileNameLimit = 255;

export const fileName = z.string(fails("file_name_invalid")).check(
  z.trim(),
  z.refine((value) => value.length <= fileNameLimit, fails("file_name_too_long")),
  z.refine(
    (value) => isText(value) && !unsafeInNames.test(value) && !/^\.*$/.test(value),
    fails("file_name_invalid"),
  ),
);

/** Percent-encoded in the header, because a header has no letters beyond ASCII. */
const encodedFileName = z.pipe(z.pipe(z.string(fails("file_name_invalid")), z.transform(decode)), fileName);

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return "";
  }
}

/** PUT .../files/:fileId: the body is the file and nothing else; this stands beside it. */
export const uploadHeaders = z.looseObject({
  "x-file-name": encodedFileName,
  "x-file-purpose": z.enum(["file", "voice"]),
});
export type FilePurpose = z.infer<typeof uploadHeaders>["x-file-purpose"];

const facts = {
  /** Made by the client, so that an upload may be tried again. */
  id: z.uuid(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
};

/** The file of a message. */
export const attachment = z.discriminatedUnion("kind", [
  /** Drawn anew by the server, so that it may be shown. It has a thumbnail. */
  z.object({ kind: z.literal("image"), ...facts, width: z.int(), height: z.int() }),
  /** Loudness from 0 to 100 in equal steps over its length. */
  z.object({ kind: z.literal("voice"), ...facts, milliseconds: z.int(), waveform: z.array(z.int()) }),
  z.object({ kind: z.literal("file"), ...facts }),
]);
export type Attachment = z.infer<typeof attachment>;

/** What lists show of a message without words. */
export const fileMention = z.object({ kind: z.enum(["image", "voice", "file"]), name: z.string() });
export type FileMention = z.infer<typeof fileMention>;

export const uploadedFile = z.object({ file: attachment });

const part = z.enum(["content", "thumbnail"]);
export type FilePart = z.infer<typeof part>;

/** The addresses of files for the team: by the conversation. */
export const teamFileParameters = z.object({ conversationId: z.uuid(), fileId: z.uuid() });
export const teamPartParameters = z.extend(teamFileParameters, { part });
/** The same for a visitor, whose token goes in the header Authorization. */
export const visitorFileParameters = z.object({ channelId: z.uuid(), fileId: z.uuid() });
export const visitorPartParameters = z.extend(visitorFileParameters, { part });
