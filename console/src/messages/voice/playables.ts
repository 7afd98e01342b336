import type { Playable } from "@grata/client/browser/voice/player";
import { pathOf } from "@grata/client/route-address";
import type { TeamEntry } from "@grata/contract/entries";
import type { Attachment } from "@grata/contract/files";
import { readFile } from "@grata/contract/routes/files";

/** What the player needs to know of a voice message. */
export function playableOf(
  conversationId: string,
  { id, milliseconds }: Extract<Attachment, { kind: "voice" }>,
  own: boolean,
): Playable {
  const address = pathOf(readFile, { conversationId, fileId: id, part: "content" });
  return { fileId: id, address, milliseconds, own };
}

/** The voice messages of a chat, in their order. */
export function playablesOf(conversationId: string, entries: readonly TeamEntry[]): Playable[] {
  return entries.flatMap(({ occurrence, author }) =>
    occurrence.kind === "message" && occurrence.file?.kind === "voice"
      ? [playableOf(conversationId, occurrence.file, author.kind !== "customer")]
      : [],
  );
}
