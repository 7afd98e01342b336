import { endingOf, imageEndings } from "@grata/contract/file-limits";
import { fileTypeFromFile } from "file-type";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { isPlainText } from "./plain-text.ts";

/** What a file is, by its content and its name alike. */
export type FileType = { isImage: boolean; ending: string; mediaType: string };

type Known = {
  mediaType: string;
  /** What the content may be found to be. `text`: it has no mark, and nothing in it is not text. */
  found: readonly string[];
};

const text = (mediaType: string): Known => ({ mediaType, found: ["text"] });
const one = (mediaType: string, ...found: string[]): Known => ({ mediaType, found });
const office = "application/vnd.openxmlformats-officedocument";
const openDocument = "application/vnd.oasis.opendocument";

/** The endings that are handed on, each with the contents that it may have. */
const known: Record<string, Known> = {
  pdf: one("application/pdf", "pdf"),
  doc: one("application/msword", "cfb"),
  xls: one("application/vnd.ms-excel", "cfb"),
  ppt: one("application/vnd.ms-powerpoint", "cfb"),
  docx: one(`${office}.wordprocessingml.document`, "docx"),
  xlsx: one(`${office}.spreadsheetml.sheet`, "xlsx"),
  pptx: one(`${office}.presentationml.presentation`, "pptx"),
  odt: one(`${openDocument}.text`, "odt"),
  ods: one(`${openDocument}.spreadsheet`, "ods"),
  odp: one(`${openDocument}.presentation`, "odp"),
  rtf: one("application/rtf", "rtf"),
  txt: text("text/plain"),
  csv: text("text/csv"),
  md: text("text/markdown"),
  log: text("text/plain"),
  json: text("application/json"),
  zip: one("application/zip", "zip"),
  "7z": one("application/x-7z-compressed", "7z"),
  rar: one("application/vnd.rar", "rar"),
  gz: one("application/gzip", "gz", "tar.gz"),
  mp3: one("audio/mpeg", "mp3"),
  m4a: one("audio/mp4", "m4a", "mp4"),
  wav: one("audio/wav", "wav"),
  ogg: one("audio/ogg", "ogg", "oga", "opus"),
  flac: one("audio/flac", "flac"),
  aac: one("audio/aac", "aac"),
  amr: one("audio/amr", "amr"),
  mp4: one("video/mp4", "mp4", "m4v"),
  mov: one("video/quicktime", "mov"),
  webm: one("video/webm", "webm"),
};

/** What the content of an image is found to be, whatever image its ending promises: that is set right. */
const images: Record<string, string> = {
  jpg: "image/jpeg",
  png: "image/png",
  apng: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  avif: "image/avif",
};

/**
 * Finds out what a file is. Throws `file_type_refused` for a name whose type is not taken, `file_mismatched` where the
 * content is something else than the name says. The content is read as far as its mark, never unpacked or run.
 */
export async function findType(path: string, name: string): Promise<FileType> {
  const ending = endingOf(name);
  const promisesImage = (imageEndings as readonly string[]).includes(ending);
  const expected = known[ending];
  if (!promisesImage && !expected) throw new Refusal("file_type_refused");
  const found = await findMark(path);
  if (promisesImage) {
    const mediaType = images[found];
    if (mediaType === undefined) throw new Refusal("file_mismatched");
    return { isImage: true, ending: found === "apng" ? "png" : found, mediaType };
  }
  if (!expected?.found.includes(found)) throw new Refusal("file_mismatched");
  return { isImage: false, ending, mediaType: expected.mediaType };
}

async function findMark(path: string): Promise<string> {
  const found = await fileTypeFromFile(path).catch(() => undefined);
  if (found) return found.ext;
  return (await isPlainText(path)) ? "text" : "unknown";
}
