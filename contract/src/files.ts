/** Files in a chat: what may be sent, how it is uploaded, and what a message says of the file that it carries. */
import * as z from "zod/mini";
import { fileNameLimit, unsafeInNames } from "./file-limits.ts";
import { identifier } from "./identifier.ts";
import { fails, isText } from "./text.ts";

const fileName = z.string(fails("file_name_invalid")).check(
  z.trim(),
  z.refine((value) => value.length <= fileNameLimit, fails("file_name_too_long")),
  z.refine(
    (value) => isText(value) && value.search(unsafeInNames) < 0 && !/^\.*$/.test(value),
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

/** The body is the file and nothing else; this stands beside it. */
export const uploadHeaders = z.looseObject({
  "x-file-name": encodedFileName,
  "x-file-purpose": z.enum(["file", "voice"]),
});
export type FilePurpose = z.infer<typeof uploadHeaders>["x-file-purpose"];

const facts = {
  /** Made by the client, so that an upload may be tried again. */
  id: identifier,
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

/** The file that lists show for a message without text. An unknown kind is shown as a plain file. */
export const fileMention = z.object({
  kind: z.catch(z.enum(["image", "voice", "file"]), "file"),
  name: z.string(),
});
export type FileMention = z.infer<typeof fileMention>;

export const uploadedFile = z.object({ file: attachment });

const part = z.enum(["content", "thumbnail"]);
export type FilePart = z.infer<typeof part>;

/** The addresses of files for the team: by the conversation. */
export const teamFileParameters = z.object({ conversationId: identifier, fileId: identifier });
export const teamPartParameters = z.extend(teamFileParameters, { part });
/** The same for a visitor, whose token goes in the header Authorization. */
export const visitorFileParameters = z.object({ channelId: identifier, fileId: identifier });
export const visitorPartParameters = z.extend(visitorFileParameters, { part });
