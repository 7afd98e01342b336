import type { Occurrence } from "@grata/contract/entries";
import type { User, Visitor } from "../../foundation/access/principal.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { readSendable } from "../media/read-sendable.ts";
import { readQuote } from "./read-quote.ts";

type Said = {
  text: string;
  file?: string | undefined;
  clientId: string;
  /** The message that is answered. */
  quote?: { conversationId: string; seq: number } | undefined;
};

/**
 * What is said, with the file that it carries and the message that it answers as the server knows them. Throws
 * `file_unknown` and `quote_unknown`.
 */
export async function messageOf(
  storage: Storage,
  sender: User | Visitor,
  { text, file: fileId, clientId, quote }: Said,
): Promise<Extract<Occurrence, { kind: "message" }>> {
  if (fileId === undefined && quote === undefined) return { kind: "message", text };
  return {
    kind: "message",
    text,
    ...(fileId !== undefined && { file: await readSendable(storage, sender, { fileId, clientId }) }),
    ...(quote && { quote: await readQuote(storage, sender, quote) }),
  };
}
