import type { Attachment } from "@grata/contract/files";
import { and, eq, isNull, or } from "drizzle-orm";
import type { User, Visitor } from "../../foundation/access/principal.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { files } from "../../foundation/schema/media.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { isOwn } from "./owner.ts";
import { presentAttachment } from "./present.ts";

/**
 * What a message says of the file that its sender uploaded for it; also when this very message carries it already.
 * Throws `file_unknown`. Whether it may still be taken is decided in the transaction that stores the message.
 */
export async function readSendable(
  storage: Storage,
  sender: User | Visitor,
  { fileId, clientId }: { fileId: string; clientId: string },
): Promise<Attachment> {
  const [row] = await storage.inOrganisation(sender.organisationId, (transaction) =>
    transaction
      .select()
      .from(files)
      .where(
        and(
          eq(files.organisationId, sender.organisationId),
          eq(files.id, fileId),
          isOwn(sender),
          or(isNull(files.sentWith), eq(files.sentWith, clientId)),
        ),
      ),
  );
  if (!row) throw new Refusal("file_unknown");
  return presentAttachment(row);
}
