import { setTimeout as delay } from "node:timers/promises";
import { type Acquired, acquire } from "./acquire.ts";
import type { Claim } from "./claim.ts";
import type { Cluster } from "./cluster.ts";
import type { Connection } from "./connection.ts";
import { errorText } from "./error-code.ts";
import type { Ownership } from "./ownership.ts";
import type { StartupProblem } from "./startup-problem.ts";
import { stopPostmaster } from "./stop-postmaster.ts";
import { takenProblem } from "./taken-problem.ts";
import { whyGone } from "./why-gone.ts";

/** A PostgreSQL server that this process can use. */
export type EmbeddedPostgres = {
  /** How to connect as the owner of the database. It stays the same when the server has to be started again. */
  connection: Connection;
  /** Where the Grata answers whose server this is, if it is another one and has said so. */
  address: string | undefined;
  /**
   * Resolves if another Grata took the server over in the moment after it died. We have no right to it any more and
   * must end; it never resolves otherwise.
   */
  takenOver: Promise<StartupProblem>;
  /** Tells those who come after us where we answer, if the server is ours. */
  announce(address: string): Promise<void>;
  /** Ends the server in an orderly way if it is ours, and resolves when it is gone. May be called twice. */
  stop(): Promise<void>;
};

type Owned = Extract<Claim, { kind: "owned" }>;

/** Between two attempts to start a server that does not start, for instance because the disk is full. */
const attemptEvery = 1_000;

/**
 * Guards a server that we own: starts it again and takes the lock again whenever it is lost, until `stop()`, which gives
 * the ownership back.
 */
export function keepAlive(
  cluster: Cluster,
  {
    ownership,
    first,
    log = () => {},
  }: { ownership: Ownership; first: Owned; log?: ((sentence: string) => void) | undefined },
): EmbeddedPostgres {
  const takenOver = Promise.withResolvers<StartupProblem>();
  const stopRequest = new AbortController();
  const { signal } = stopRequest;
  const stopRequested = new Promise<undefined>((resolve) =>
    signal.addEventListener("abort", () => resolve(undefined)),
  );
  const guarding = guard().finally(ownership.release);

  async function guard(): Promise<void> {
    let owned: Owned | undefined = first;
    while (owned !== undefined) {
      const said = await Promise.race([owned.sessionEnded, stopRequested]);
      if (signal.aborted) {
        return stopPostmaster(cluster);
      }
      log(`The database went away (${await whyGone(cluster, said)}): starting it again.`);
      owned = await recover();
    }
  }

  async function recover(): Promise<Owned | undefined> {
    let said = "";
    while (!signal.aborted) {
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
          await Promise.race([delay(attemptEvery), stopRequested]);
      }
    }
    return undefined;
  }

  async function attempt(): Promise<Acquired | { kind: "failed"; why: string }> {
    try {
      return await acquire(cluster, { before: first.connection, signal });
    } catch (error) {
      return { kind: "failed", why: errorText(error) };
    }
  }

  function stop(): Promise<void> {
    stopRequest.abort();
    return guarding;
  }

  const { connection } = first;
  return { connection, address: undefined, takenOver: takenOver.promise, announce: ownership.announce, stop };
}
