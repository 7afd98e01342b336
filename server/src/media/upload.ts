import { rm } from "node:fs/promises";
import type { Readable } from "node:stream";
import type { Attachment, FilePurpose } from "@grata/contract/files";
import { and, eq } from "drizzle-orm";
import type { User, Visitor } from "../access/principal.ts";
import { Refusal } from "../refusal.ts";
import type { Storage } from "../storage/storage.ts";
import { keepContent, noteReferred } from "./keep.ts";
import { isOwn, ownerOf } from "./owner.ts";
import { presentAttachment } from "./present.ts";
import { processes } from "./process.ts";
import { receive } from "./receive.ts";
import type { FileStore } from "./store/port.ts";
import { files } from "./tables.ts";
import type { Voices } from "./voice/voices.ts";

/** Where files go: the store, and the folder for what is still on its way; and who makes voice messages. */
export type Files = { store: FileStore; incoming: string; voices: Voices };

export type Upload = {
  fileId: string;
  /** Null: for the conversation that a customer has when they send it. */
  conversationId: string | null;
  name: string;
  purpose: FilePurpose;
  body: Readable;
};

/**
 * Takes a file that its sender is about to send: cut at the limit of its kind while it streams, checked against its
 * name, made safe, stored. The same id again by the same uploader, for the same conversation, gets what the first one
 * got, so that an upload may be tried again. Whether they may is asked before, by `may-upload.ts`.
 */
export async function upload(
  storage: Storage,
  { store, incoming, voices }: Files,
  uploader: User | Visitor,
  { fileId, conversationId, name, purpose, body }: Upload,
): Promise<Attachment> {
  const { organisationId } = uploader;
  const known = await findUpload(storage, uploader, { fileId, conversationId });
  if (known) return known;
  const { limit, run } = processes[purpose];
  const received = await receive(body, incoming, limit(name));
  try {
    const { facts, content, thumbnail } = await run({ ...received, name }, voices);
    const kept = await keepContent(storage, store, organisationId, content);
    const small = thumbnail && (await keepContent(storage, store, organisationId, thumbnail));
    return await storage.inOrganisation(organisationId, async (transaction) => {
      await transaction
        .insert(files)
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
      const [row] = await transaction.select().from(files).where(own(uploader, { fileId, conversationId }));
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
    const [row] = await transaction.select().from(files).where(own(uploader, wanted));
    if (row) return presentAttachment(row);
    const taken = await transaction
      .select({ id: files.id })
      .from(files)
      .where(and(eq(files.organisationId, uploader.organisationId), eq(files.id, wanted.fileId)));
    if (taken.length > 0) throw new Refusal("file_unknown");
    return null;
  });
}

/** A customer's upload that has been sent stands under its conversation by then, and is theirs all the same. */
const own = (
  uploader: User | Visitor,
  { fileId, conversationId }: Pick<Upload, "fileId" | "conversationId">,
) =>
  and(
    eq(files.organisationId, uploader.organisationId),
    eq(files.id, fileId),
    isOwn(uploader),
    conversationId === null ? undefined : eq(files.conversationId, conversationId),
  );
