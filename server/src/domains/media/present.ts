import type { Attachment } from "@grata/contract/files";
import type { files } from "../../foundation/schema/media.ts";

/** What a message says of its file, to everybody who sees the message. */
export function presentAttachment(row: typeof files.$inferSelect): Attachment {
  const { id, name, mediaType, bytes } = row;
  switch (row.kind) {
    case "image":
      return { kind: "image", id, name, mediaType, bytes, width: row.width ?? 0, height: row.height ?? 0 };
    case "voice":
      return {
        kind: "voice",
        id,
        name,
        mediaType,
        bytes,
        milliseconds: row.milliseconds ?? 0,
        waveform: row.waveform ?? [],
      };
    case "file":
      return { kind: "file", id, name, mediaType, bytes };
  }
}
