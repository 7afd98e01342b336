import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { and, eq, exists, isNull, lt, notExists, or, sql } from "drizzle-orm";
import { every, type Job } from "../../foundation/jobs/every.ts";
import { fileContents, files } from "../../foundation/schema/media.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import type { FileStore } from "./store/port.ts";
import type { Files } from "./upload.ts";

/** An upload that nobody has sent by then is not sent any more; a browser that was offline that long uploads again. */
const unsentHours = 24;
/** No upload takes so long: what is older and belongs to nothing is left over. */
const looseMinutes = 60;
const most = 500;

/** What is left to whoever removes: when it is too old. Tests say it themselves. */
export type Ages = { unsentSeconds: number; looseSeconds: number };
const ages: Ages = { unsentSeconds: unsentHours * 3_600, looseSeconds: looseMinutes * 60 };

/**
 * Removes uploads that were never sent, contents that no file refers to, and what killed uploads left behind. It may be
 * killed at any line: the row of a content goes after the content itself, so that the next time finds it again. Tells
 * whether there may be more than it took at once.
 */
export async function removeLeftovers(
  storage: Storage,
  { store, incoming }: Files,
  { unsentSeconds, looseSeconds }: Ages = ages,
): Promise<boolean> {
  const unsent = await storage.system<{ organisation_id: string; id: string }>("system_unsent_files", [
    unsentSeconds,
    most,
  ]);
  for (const { organisation_id, id } of unsent) await removeUnsent(storage, organisation_id, id);
  const loose = await storage.system<{ organisation_id: string; hash: string }>("system_loose_contents", [
    looseSeconds,
    most,
  ]);
  let removed = 0;
  for (const { organisation_id, hash } of loose) {
    const key = { organisationId: organisation_id, hash };
    if (await removeLoose(storage, store, key, looseSeconds)) removed++;
  }
  await removeBrokenOff(incoming, looseSeconds);
  return loose.length === most && removed > 0;
}

/** Unless it has just been sent after all. */
async function removeUnsent(storage: Storage, organisationId: string, id: string): Promise<void> {
  await storage.inOrganisation(organisationId, (transaction) =>
    transaction
      .delete(files)
      .where(and(eq(files.organisationId, organisationId), eq(files.id, id), isNull(files.sentWith))),
  );
}

/** While its row is locked nobody can begin to store the same content; who waits for that stores it after us. */
async function removeLoose(
  storage: Storage,
  store: FileStore,
  { organisationId, hash }: { organisationId: string; hash: string },
  looseSeconds: number,
): Promise<boolean> {
  const own = and(eq(fileContents.organisationId, organisationId), eq(fileContents.hash, hash));
  return storage.inOrganisation(organisationId, async (transaction) => {
    const referring = transaction
      .select({ id: files.id })
      .from(files)
      .where(
        and(
          eq(files.organisationId, organisationId),
          or(eq(files.contentHash, hash), eq(files.thumbnailHash, hash)),
        ),
      );
    const [held] = await transaction
      .select({ hash: fileContents.hash })
      .from(fileContents)
      .where(
        and(
          own,
          lt(fileContents.touchedAt, sql`now() - make_interval(secs => ${looseSeconds})`),
          notExists(referring),
        ),
      )
      .for("update", { skipLocked: true });
    // Another file came to refer to it since one went.
    if (!held) {
      await transaction
        .update(fileContents)
        .set({ isReferred: true })
        .where(and(own, exists(referring)));
      return false;
    }
    await store.remove({ organisationId, hash });
    await transaction.delete(fileContents).where(own);
    return true;
  });
}

async function removeBrokenOff(incoming: string, looseSeconds: number): Promise<void> {
  const names = await readdir(incoming).catch(() => []);
  for (const name of names) {
    const path = join(incoming, name);
    const written = await stat(path).catch(() => null);
    if (written && Date.now() - written.mtimeMs > looseSeconds * 1000) await rm(path, { force: true });
  }
}

const pauseMilliseconds = 10 * 60_000;

/** Removes them now and every ten minutes. Several nodes may: whatever one has removed is not there for the other. */
export function startRemovingLeftovers(dependencies: {
  storage: Storage;
  files: Files;
  logFault(error: unknown): void;
}): Job {
  const { storage, files: kept, logFault } = dependencies;
  async function removeAll(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await removeLeftovers(storage, kept)));
  }
  return every(pauseMilliseconds, removeAll, { logFault });
}
