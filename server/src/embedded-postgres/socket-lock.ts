import { readFile, rm } from "node:fs/promises";
import type { Address } from "./address.ts";
import { inspectProcess } from "./postmaster-process.ts";

/**
 * Removes the lock file that a dead server of a cluster left beside its socket. PostgreSQL does it too, except where
 * it takes the dead one for living: another process has its id by now, or nobody has reaped it.
 */
export async function removeStaleSocketLock({ host, port }: Address, folder: string): Promise<void> {
  const lock = `${host}/.s.PGSQL.${port}.lock`;
  const [pid] = (await readFile(lock, "utf8").catch(() => "")).split("\n");
  if (pid && (await inspectProcess(Number(pid), folder)) !== "postmaster") {
    await rm(lock, { force: true });
  }
}
