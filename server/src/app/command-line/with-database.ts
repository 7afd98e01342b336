import type { Configuration } from "../../foundation/configuration/configuration.ts";
import { StartupProblem } from "../../foundation/configuration/startup-problem.ts";
import { unlessAborted } from "../../foundation/jobs/unless-aborted.ts";
import { attachDatabase } from "../../foundation/storage/open-database.ts";
import type { Storage } from "../../foundation/storage/storage.ts";

/** A command works on this: the database, and the address of the Grata that runs on it, where that is known. */
export type Workplace = { storage: Storage; address: string | undefined };

/**
 * Runs a command on the database of the running Grata, or of none. A signal ends it in order: an embedded PostgreSQL
 * that was started for it does not stay behind.
 */
export async function withDatabase<T>(
  configuration: Configuration,
  work: (workplace: Workplace) => Promise<T>,
): Promise<T> {
  const stopRequest = new AbortController();
  const stop = () => stopRequest.abort(new StartupProblem("The command was stopped before its end."));
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.on(name, stop);
  const { signal } = stopRequest;
  try {
    const database = await attachDatabase(configuration, { signal });
    try {
      return await unlessAborted(signal, work(database));
    } finally {
      await database.close();
    }
  } finally {
    for (const name of signals) process.off(name, stop);
  }
}
