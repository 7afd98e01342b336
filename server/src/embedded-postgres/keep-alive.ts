import { setTimeout as delay } from "node:timers/promises";
import type { StartupProblem } from "../startup-problem.ts";
import { type Acquired, acquire } from "./acquire.ts";
import type { Claim } from "./claim.ts";
import type { Cluster } from "./cluster.ts";
import type { Connection } from "./connection.ts";
import { errorText } from "./error-code.ts";
import { stopPostmaster } from "./stop-postmaster.ts";
import { takenProblem } from "./taken-problem.ts";

/** A PostgreSQL server that this process can use. */
export type EmbeddedPostgres = {
  /** How to connect as the owner of the database. It stays the same when the server has to be started again. */
  connection: Connection;
  /**
   * Resolves if another Grata took the server over in the moment after it died. We have no right to it any more and
   * must end; it never resolves otherwise.
   */
  takenOver: Promise<StartupProblem>;
  /** Ends the server in an orderly way if it is ours, and resolves when it is gone. May be called twice. */
  stop(): Promise<void>;
};

type Owned = Extract<Claim, { kind: "owned" }>;

/** Between two attempts to start a server that does not start, for instance because the disk is full. */
const attemptEvery = 1_000;

/** Guards a server that we own: starts it again and takes the lock again whenever it is lost, until `stop()`. */
export function keepAlive(
  cluster: Cluster,
  first: Owned,
  log: (sentence: string) => void = () => {},
): EmbeddedPostgres {
  const takenOver = Promise.withResolvers<StartupProblem>();
  const stopRequest = Promise.withResolvers<void>();
  let stopping = false;
  const guarding = guard();

  async function guard(): Promise<void> {
    let owned: Owned | undefined = first;
    while (owned !== undefined) {
      await Promise.race([owned.sessionEnded, stopRequest.promise]);
      if (stopping) {
        return stopPostmaster(cluster);
      }
      log("The database went away: starting it again.");
      owned = await recover();
    }
  }

  async function recover(): Promise<Owned | undefined> {
    let said = "";
    while (!stopping) {
      const outcome = await attempt();
      switch (outcome.kind) {
        case "owned":
          log("The database is back.");
          return outcome;
        case "taken":
          takenOver.resolve(takenProblem(cluster, outcome.by));
          return undefined;
        case "failed":
          if (outcome.why !== said) {
            said = outcome.why;
            log(said);
          }
          await Promise.race([delay(attemptEvery), stopRequest.promise]);
      }
    }
    return undefined;
  }

  async function attempt(): Promise<Acquired | { kind: "failed"; why: string }> {
    try {
      return await acquire(cluster, { before: first.connection });
    } catch (error) {
      return { kind: "failed", why: errorText(error) };
    }
  }

  // While the server is being started again we do not hold the lock, so it may be another's: guard() finds out first.
  function stop(): Promise<void> {
    stopping = true;
    stopRequest.resolve();
    return guarding;
  }

  return { connection: first.connection, takenOver: takenOver.promise, stop };
}
