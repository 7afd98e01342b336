import type { Attachment, FilePurpose } from "@grata/contract/files";
import { drawImage } from "./draw-image.ts";
import type { Received } from "./receive.ts";
import type { Content } from "./store/port.ts";
import type { FileType } from "./types.ts";

/** What came in, and what its content and name say that it is. */
export type Incoming = Received & { name: string; type: FileType };

type Facts<Kind extends Attachment["kind"]> = Omit<Extract<Attachment, { kind: Kind }>, "id" | "bytes">;

/** What is kept of it, and what a message will say of that. */
export type Processed = {
  facts: { [Kind in Attachment["kind"]]: Facts<Kind> }[Attachment["kind"]];
  content: Content;
  thumbnail: Content | null;
};

/** Makes what is kept out of what came in, off the event loop. May refuse. */
type Process = (incoming: Incoming) => Promise<Processed>;

/** By what it was uploaded for. */
const processes: Record<FilePurpose, Process> = {
  file: (incoming) => (incoming.type.isImage ? drawImage(incoming) : keepAsItIs(incoming)),
};

export function processFile(purpose: FilePurpose, incoming: Incoming): Promise<Processed> {
  return processes[purpose](incoming);
}

async function keepAsItIs({ path, name, type }: Incoming): Promise<Processed> {
  return { facts: { kind: "file", name, mediaType: type.mediaType }, content: { path }, thumbnail: null };
}
