import type { Occurrence } from "@grata/contract/entries";
import { sql } from "drizzle-orm";
import type { Transaction } from "../../foundation/storage/storage.ts";

/** A file that a message is about to carry, and whose it has to be. */
type Take = {
  organisationId: string;
  fileId: string;
  conversationId: string;
  clientId: string;
  userId: string | null;
  customerId: string | null;
};

const keyOf = ({ organisationId, fileId, clientId }: Pick<Take, "organisationId" | "fileId" | "clientId">) =>
  // As the database writes ids, however a client did.
  `${organisationId} ${fileId} ${clientId}`.toLowerCase();

/** The id of the file that a message carries, or null. */
export function fileIn(occurrence: Occurrence): string | null {
  return (occurrence.kind === "message" ? occurrence.file?.id : undefined) ?? null;
}

/**
 * Notes which message carries each file, in the transaction that stores the messages. The answer tells of each whether
 * it was there to take: uploaded by the sender, for this conversation, and sent with no other message.
 */
export async function takeFiles(
  transaction: Transaction,
  takes: Take[],
): Promise<(take: Pick<Take, "organisationId" | "fileId" | "clientId">) => boolean> {
  const { rows } = await transaction.execute<{ organisation_id: string; id: string; sent_with: string }>(sql`
    UPDATE files f SET conversation_id = take."conversationId", sent_with = take."clientId"
    FROM jsonb_to_recordset(${JSON.stringify(takes)}::jsonb) AS take ("organisationId" uuid, "fileId" uuid,
      "conversationId" uuid, "clientId" uuid, "userId" uuid, "customerId" uuid)
    WHERE (f.organisation_id, f.id) = (take."organisationId", take."fileId") AND f.sent_with IS NULL
      AND COALESCE(f.conversation_id, take."conversationId") = take."conversationId"
      AND f.user_id IS NOT DISTINCT FROM take."userId" AND f.customer_id IS NOT DISTINCT FROM take."customerId"
    RETURNING f.organisation_id, f.id, f.sent_with`);
  const taken = new Set(
    rows.map(({ organisation_id, id, sent_with }) =>
      keyOf({ organisationId: organisation_id, fileId: id, clientId: sent_with }),
    ),
  );
  return (take) => taken.has(keyOf(take));
}
