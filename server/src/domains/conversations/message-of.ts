import type { Occurrence } from "@grata/contract/entries";
import type { User, Visitor } from "../../foundation/access/principal.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { readSendable } from "../media/read-sendable.ts";

/** What is said, with the file that it carries as the server knows it. Throws `file_unknown`. */
export async function messageOf(
  storage: Storage,
  sender: User | Visitor,
  { text, file: fileId, clientId }: { text: string; file?: string | undefined; clientId: string },
): Promise<Extract<Occurrence, { kind: "message" }>> {
  if (fileId === undefined) return { kind: "message", text };
  return { kind: "message", text, file: await readSendable(storage, sender, { fileId, clientId }) };
}
