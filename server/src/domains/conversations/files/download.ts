import type { Readable } from "node:stream";
import type { FilePart } from "@grata/contract/files";
import { and, eq } from "drizzle-orm";
import type { Principal } from "../../../foundation/access/principal.ts";
import { requireAccess, requireBeforehand } from "../../../foundation/access/require-access.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { conversations, entries } from "../../../foundation/schema/conversations.ts";
import { fileContents, files } from "../../../foundation/schema/media.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import type { ByteRange, FileStore } from "../../media/store/port.ts";

export type Download = {
  name: string;
  mediaType: string;
  /** Made by ourselves, so that it may be shown where it stands. */
  isOurs: boolean;
  bytes: number;
  open(range?: ByteRange): Promise<Readable>;
};

/**
 * A file of a message, for whoever may see that message. Throws `file_unknown` for every other: one of another chat,
 * of nobody's message yet, or of a message that is not for them.
 */
export async function findDownload(
  storage: Storage,
  store: FileStore,
  principal: Principal,
  { fileId, conversationId, part }: { fileId: string; conversationId: string | null; part: FilePart },
): Promise<Download> {
  if (principal.kind === "nobody") throw new Refusal("sign_in_required");
  requireBeforehand(principal, "conversation.read");
  const { organisationId } = principal;
  const [found] = await storage.inOrganisation(organisationId, (transaction) =>
    transaction
      .select({
        file: files,
        conversation: conversations,
        audience: entries.audience,
        bytes: fileContents.bytes,
      })
      .from(files)
      .innerJoin(
        conversations,
        and(
          eq(conversations.organisationId, files.organisationId),
          eq(conversations.id, files.conversationId),
        ),
      )
      .innerJoin(
        entries,
        and(
          eq(entries.organisationId, files.organisationId),
          eq(entries.conversationId, files.conversationId),
          eq(entries.clientId, files.sentWith),
        ),
      )
      .innerJoin(
        fileContents,
        and(
          eq(fileContents.organisationId, files.organisationId),
          eq(fileContents.hash, part === "content" ? files.contentHash : files.thumbnailHash),
        ),
      )
      .where(
        and(
          eq(files.organisationId, organisationId),
          eq(files.id, fileId),
          conversationId === null ? undefined : eq(files.conversationId, conversationId),
        ),
      ),
  );
  if (!found || found.conversation.erasedAt !== null) throw new Refusal("file_unknown");
  const { file, conversation, audience, bytes } = found;
  try {
    requireAccess(principal, "conversation.read", conversation);
  } catch (error) {
    // Whether there is such a file in a chat of others is none of their business.
    throw error instanceof Refusal && error.code === "conversation_unknown"
      ? new Refusal("file_unknown")
      : error;
  }
  if (principal.kind === "visitor" && audience !== "everybody") throw new Refusal("file_unknown");
  const hash = part === "content" ? file.contentHash : (file.thumbnailHash ?? "");
  return {
    name: file.name,
    mediaType: part === "content" ? file.mediaType : "image/webp",
    isOurs: file.kind !== "file",
    bytes,
    open: (range) => store.read({ organisationId, hash }, range),
  };
}
