import { rm } from "node:fs/promises";
import type { Readable } from "node:stream";
import type { Attachment, FilePurpose } from "@grata/contract/files";
import { and, eq, sql } from "drizzle-orm";
import type { User, Visitor } from "../../foundation/access/principal.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { files as table } from "../../foundation/schema/media.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { keepContent, noteReferred } from "./keep.ts";
import type { OwnTurns } from "./own-turns.ts";
import { isOwn, ownerOf, uploaderId } from "./owner.ts";
import { presentAttachment } from "./present.ts";
import { processes } from "./process.ts";
import { receive } from "./receive.ts";
import type { Room } from "./room.ts";
import type { FileStore } from "./store/port.ts";
import { requireOwnRoom, requireUnsentRoom } from "./unsent.ts";
import type { Voices } from "./voice/voices.ts";

/** Where files go: the store, and the folder for what is still on its way; and what is needed to take them. */
export type Files = {
  store: FileStore;
  incoming: string;
  voices: Voices;
  room: Room;
  ownTurns: OwnTurns;
};

export type Upload = {
  fileId: string;
  /** Null: for the conversation that a customer has when they send it. */
  conversationId: string | null;
  name: string;
  purpose: FilePurpose;
  body: Readable;
  /** At most so many bytes come. */
  bytes: number;
  /** Called with the length of each piece that has come. */
  onBytes(count: number): void;
};

/**
 * Takes a file that its sender is about to send: cut at the limit of its kind while it streams, checked against its
 * name, made safe, stored. The same id again by the same uploader, for the same conversation, gets what the first one
 * got, so that an upload may be tried again. Whether they may is asked before, by `may-upload.ts`.
 */
export async function upload(
  storage: Storage,
  files: Files,
  uploader: User | Visitor,
  wanted: Upload,
): Promise<Attachment> {
  const known = await findUpload(storage, uploader, wanted);
  if (known) return known;
  await requireUnsentRoom(storage, uploader, wanted.bytes);
  return files.room.take(wanted.bytes, () => take(storage, files, uploader, wanted));
}

async function take(
  storage: Storage,
  { store, incoming, voices, ownTurns }: Files,
  uploader: User | Visitor,
  { fileId, conversationId, name, purpose, body, onBytes }: Upload,
): Promise<Attachment> {
  const { organisationId } = uploader;
  const { limit, run } = processes[purpose];
  const received = await receive(body, incoming, limit(name), onBytes);
  try {
    const made = await ownTurns(uploaderId(uploader), () => run({ ...received, name }, voices));
    const { facts, content, thumbnail } = made;
    const kept = await keepContent(storage, store, organisationId, content);
    const small = thumbnail && (await keepContent(storage, store, organisationId, thumbnail));
    return await storage.inOrganisation(organisationId, async (transaction) => {
      await requireOwnRoom(transaction, uploader, kept.bytes);
      await transaction
        .insert(table)
        .values({
          organisationId,
          id: fileId,
          conversationId,
          ...ownerOf(uploader),
          ...facts,
          bytes: kept.bytes,
          contentHash: kept.hash,
          thumbnailHash: small?.hash ?? null,
        })
        // Tried again while the first try was still under way: that one counts.
        .onConflictDoNothing();
      const [row] = await transaction.select().from(table).where(own(uploader, { fileId, conversationId }));
      if (!row) throw new Refusal("file_unknown");
      await noteReferred(transaction, row);
      return presentAttachment(row);
    });
  } finally {
    await rm(received.path, { force: true });
  }
}

/** What is there already under this id. Throws `file_unknown` when that is somebody else's, or for another chat. */
async function findUpload(
  storage: Storage,
  uploader: User | Visitor,
  wanted: Pick<Upload, "fileId" | "conversationId">,
): Promise<Attachment | null> {
  return storage.inOrganisation(uploader.organisationId, async (transaction) => {
    // In one look: of two, another try of the same upload may end between them.
    const [found] = await transaction
      .select({ row: table, own: sql<boolean | null>`${own(uploader, wanted)}` })
      .from(table)
      .where(and(eq(table.organisationId, uploader.organisationId), eq(table.id, wanted.fileId)));
    if (found && !found.own) throw new Refusal("file_unknown");
    if (found) return presentAttachment(found.row);
    return null;
  });
}

/** A customer's upload that has been sent stands under its conversation by then, and is theirs all the same. */
const own = (
  uploader: User | Visitor,
  { fileId, conversationId }: Pick<Upload, "fileId" | "conversationId">,
) =>
  and(
    eq(table.organisationId, uploader.organisationId),
    eq(table.id, fileId),
    isOwn(uploader),
    conversationId === null ? undefined : eq(table.conversationId, conversationId),
  );
