import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { and, eq, sql } from "drizzle-orm";
import { fileContents } from "../../foundation/schema/media.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import type { Content, FileStore } from "./store/port.ts";

export type Kept = { hash: string; bytes: number };

/**
 * Puts a content into the store under its hash, once for the organisation. Its row is committed first: whatever happens
 * after that, `remove-leftovers.ts` finds what no file came to refer to.
 */
export async function keepContent(
  storage: Storage,
  store: FileStore,
  organisationId: string,
  content: Content,
): Promise<Kept> {
  const kept = await measure(content);
  await storage.inOrganisation(organisationId, (transaction) =>
    transaction
      .insert(fileContents)
      .values({ organisationId, ...kept })
      .onConflictDoUpdate({
        target: [fileContents.organisationId, fileContents.hash],
        set: { touchedAt: sql`now()` },
      }),
  );
  await store.put({ organisationId, hash: kept.hash }, content);
  return kept;
}

/** Says that a file refers to these contents: they are not loose any more. */
export async function noteReferred(
  transaction: Transaction,
  file: { organisationId: string; contentHash: string; thumbnailHash: string | null },
): Promise<void> {
  const hashes = [file.contentHash, file.thumbnailHash].filter((hash) => hash !== null).sort();
  for (const hash of hashes) {
    await transaction
      .update(fileContents)
      .set({ isReferred: true })
      .where(and(eq(fileContents.organisationId, file.organisationId), eq(fileContents.hash, hash)));
  }
}

async function measure(content: Content): Promise<Kept> {
  const hash = createHash("sha256");
  if (Buffer.isBuffer(content)) return { hash: hash.update(content).digest("hex"), bytes: content.length };
  await pipeline(createReadStream(content.path), hash);
  return { hash: hash.digest("hex"), bytes: (await stat(content.path)).size };
}
