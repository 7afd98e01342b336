import { readFile, rm } from "node:fs/promises";
import type { Address } from "./address.ts";
import { inspectProcess } from "./postmaster-process.ts";

/**
 * Removes the lock files that a dead server of a cluster left beside its sockets. PostgreSQL does it too, except where
 * it takes the dead one for living: another process has its id by now, or nobody has reaped it.
 */
export async function removeStaleSocketLocks({ host, port }: Address, folder: string): Promise<void> {
  for (const place of [host, folder]) {
    const lock = `${place}/.s.PGSQL.${port}.lock`;
    const [pid] = (await readFile(lock, "utf8").catch(() => "")).split("\n");
    if (pid && (await inspectProcess(Number(pid), folder)) !== "postmaster") {
      await rm(lock, { force: true });
    }
  }
}
