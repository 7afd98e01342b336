import { fileLimits, kindByName } from "@grata/contract/file-limits";
import type { Attachment, FilePurpose } from "@grata/contract/files";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { drawImage } from "./draw-image.ts";
import type { Received } from "./receive.ts";
import type { Content } from "./store/port.ts";
import { type FileType, findType } from "./types.ts";
import type { Voices } from "./voice/voices.ts";

/** What came in, and what its content and name say that it is. */
export type Incoming = Received & { name: string; type: FileType };

type Facts<Kind extends Attachment["kind"]> = Omit<Extract<Attachment, { kind: Kind }>, "id" | "bytes">;

/** What is kept of it, and what a message will say of that. */
export type Processed = {
  facts: { [Kind in Attachment["kind"]]: Facts<Kind> }[Attachment["kind"]];
  content: Content;
  thumbnail: Content | null;
};

/** What an upload is turned into: how much of it is taken, and what is made of that off the event loop. May refuse. */
type Process = {
  limit(name: string): number;
  run(received: Received & { name: string }, voices: Voices): Promise<Processed>;
};

/** By what it was uploaded for. */
export const processes: Record<FilePurpose, Process> = {
  file: {
    limit(name) {
      const kind = kindByName(name);
      if (kind === null) throw new Refusal("file_type_refused");
      return fileLimits[kind];
    },
    async run(received) {
      const incoming = { ...received, type: await findType(received.path, received.name) };
      return incoming.type.isImage ? drawImage(incoming) : keepAsItIs(incoming);
    },
  },
  voice: {
    limit: () => fileLimits.voice,
    async run({ path }, voices) {
      const { mp3, milliseconds, waveform } = await voices.make(path);
      return {
        facts: { kind: "voice", name: "voice.mp3", mediaType: "audio/mpeg", milliseconds, waveform },
        content: mp3,
        thumbnail: null,
      };
    },
  },
};

async function keepAsItIs({ path, name, type }: Incoming): Promise<Processed> {
  return { facts: { kind: "file", name, mediaType: type.mediaType }, content: { path }, thumbnail: null };
}
