import pg from "pg";
import type { Address } from "./address.ts";
import type { Cluster } from "./cluster.ts";
import { errorCode } from "./error-code.ts";
import { StartupProblem } from "./startup-problem.ts";

/** What `pg` needs to connect as the owner of the database. */
export type Connection = { host: string; port: number; user: string; password: string; database: string };

/** A server that accepts connections but says nothing is stopped or frozen. */
const answerWithin = 5_000;

/** The connection of the owner at an address. */
export function connectionAt(cluster: Cluster, address: Address): Connection {
  return { ...address, user: "grata", password: cluster.password, database: "grata" };
}

export type Attempt =
  | { kind: "connected"; client: pg.Client }
  /** It lives, but is repairing itself after a crash, which it does not write to postmaster.pid, or shutting down. */
  | { kind: "busy" }
  /** It does not answer, is full, or lacks the database. */
  | { kind: "unreachable" };

/** Tries to connect to a server. Throws StartupProblem if it does not accept our password. */
export async function tryConnect(
  cluster: Cluster,
  connection: Connection,
  applicationName: string,
): Promise<Attempt> {
  const client = new pg.Client({
    ...connection,
    application_name: applicationName,
    connectionTimeoutMillis: answerWithin,
  });
  // The end of the session is noticed by its "end" event; an "error" event without a listener would end the process.
  client.on("error", () => {});
  try {
    await client.connect();
    return { kind: "connected", client };
  } catch (error) {
    const code = errorCode(error);
    if (code === "28P01" || code === "28000") {
      throw new StartupProblem(
        `The database in ${cluster.folder} does not accept the password in ${cluster.dataFolder}/postgres-password: put back the file that belongs to it from your backup.`,
      );
    }
    return { kind: code === "57P03" ? "busy" : "unreachable" };
  }
}
