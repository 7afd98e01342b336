import { randomUUID } from "node:crypto";
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { Refusal } from "../../foundation/refusal/refusal.ts";

/** A body that brings nothing for so long is given up. */
const stallMilliseconds = 30_000;

export type Received = { path: string; bytes: number };

/**
 * Writes a body into a file of its own, and not a byte more than `limit`: the rest is left unread. `onBytes` hears of
 * all that came, whatever becomes of it. Throws `file_empty`,
 * `file_too_large`, and `request_invalid` for a body that breaks off; then no file is left. A killed process may leave
 * one behind, which `remove-leftovers.ts` finds by its age.
 */
export async function receive(
  body: Readable,
  folder: string,
  limit: number,
  onBytes: (count: number) => void,
): Promise<Received> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  const stalled = setTimeout(() => body.destroy(new Refusal("request_invalid")), stallMilliseconds);
  try {
    const bytes = await writeDown(body, path, limit, (count) => {
      stalled.refresh();
      onBytes(count);
    });
    if (bytes === 0) throw new Refusal("file_empty");
    return { path, bytes };
  } catch (error) {
    await rm(path, { force: true });
    throw body.errored ? new Refusal("request_invalid") : error;
  } finally {
    clearTimeout(stalled);
  }
}

async function writeDown(
  body: Readable,
  path: string,
  limit: number,
  onPiece: (bytes: number) => void,
): Promise<number> {
  const file = await open(path, "wx", 0o600);
  try {
    let bytes = 0;
    // Its connection is still needed, to say why not.
    for await (const piece of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      onPiece(piece.length);
      bytes += piece.length;
      if (bytes > limit) throw new Refusal("file_too_large");
      await file.writeFile(piece);
    }
    return bytes;
  } finally {
    await file.close();
  }
}
