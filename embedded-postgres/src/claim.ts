import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import type { Address } from "./address.ts";
import type { Cluster } from "./cluster.ts";
import { type Connection, connectionAt, tryConnect } from "./connection.ts";
import { errorText } from "./error-code.ts";
import { StartupProblem } from "./startup-problem.ts";

export type Claim =
  /** The server is ours for as long as the session lasts; `sessionEnded` resolves when it is over, with why if it said so. */
  | { kind: "owned"; connection: Connection; sessionEnded: Promise<string | undefined> }
  /** Another living Grata owns it. */
  | { kind: "taken"; by: string }
  /** It is not usable now, or went away meanwhile: look again. */
  | { kind: "busy" | "unreachable" };

/** Any number does; PostgreSQL keeps these locks apart for each database, and nothing of ours runs in `postgres`. */
const ownerLock = 1_198_678_388;

/** The session of an owner that was just killed takes a moment to end. */
const lockWithin = 2_000;

/** A query that fails because the session is over fails a little before the session says so. */
const noticedWithin = 100;

/**
 * Tries to become the one owner of a running server, by a lock that PostgreSQL itself frees when the owner dies, and
 * makes sure that our database exists. Throws StartupProblem if the server does not accept our password or cannot
 * make it.
 */
export async function claimServer(cluster: Cluster, address: Address): Promise<Claim> {
  const connection = connectionAt(cluster, address);
  const attempt = await tryConnect(cluster, { ...connection, database: "postgres" }, `grata ${process.pid}`);
  if (attempt.kind !== "connected") {
    return attempt;
  }
  const { client } = attempt;
  let said: string | undefined;
  client.once("error", ({ message }) => {
    said = message;
  });
  const sessionEnded = new Promise<string | undefined>((resolve) => client.once("end", () => resolve(said)));
  try {
    const holder = await lock(client);
    if (holder !== undefined) {
      await client.end();
      return { kind: "taken", by: holder };
    }
    await createDatabase(client);
    return { kind: "owned", connection, sessionEnded };
  } catch (error) {
    const lost = await Promise.race([sessionEnded.then(() => true), delay(noticedWithin, false)]);
    if (lost) {
      return { kind: "unreachable" };
    }
    await client.end();
    throw new StartupProblem(
      `The database in ${cluster.folder} cannot be used (${errorText(error)}): mend that and start Grata again.`,
    );
  }
}

/** Takes the lock, or returns who holds it. */
async function lock(client: pg.Client): Promise<string | undefined> {
  const deadline = Date.now() + lockWithin;
  for (;;) {
    const { rows } = await client.query<{ won: boolean }>("SELECT pg_try_advisory_lock($1) AS won", [
      ownerLock,
    ]);
    if (rows[0]?.won) {
      return undefined;
    }
    if (Date.now() > deadline) {
      return nameHolder(client);
    }
    await delay(20);
  }
}

async function nameHolder(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ application_name: string }>(
    `SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)
      WHERE locktype = 'advisory' AND classid = 0 AND objid = $1 AND objsubid = 1 AND granted`,
    [ownerLock],
  );
  return rows[0]?.application_name.replace(/^grata /, "process ") ?? "which is just ending";
}

async function createDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = 'grata'");
  if (rowCount === 0) {
    await client.query("CREATE DATABASE grata TEMPLATE template0 ENCODING 'UTF8'");
  }
}
