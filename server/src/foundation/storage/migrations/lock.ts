import { setTimeout } from "node:timers/promises";
import type pg from "pg";

/** Any number will do, as long as every Grata uses the same one. */
const migrationLock = 4_728_201;
const longestPauseMilliseconds = 1_000;
const sayAfterMilliseconds = 2_000;

const holderQuery = `
  SELECT pid FROM pg_locks
  WHERE locktype = 'advisory' AND objid = ${migrationLock} AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/**
 * Takes the lock of those who migrate, for this session. Asks again and again: a session that waits inside of the
 * database is an open transaction, for which the index that the other one builds would wait in turn.
 */
export async function takeMigrationLock(client: pg.Client, say: (sentence: string) => void): Promise<void> {
  const since = performance.now();
  let said = false;
  for (let pause = 20; !(await tryLock(client)); pause = Math.min(pause * 2, longestPauseMilliseconds)) {
    if (!said && performance.now() - since > sayAfterMilliseconds) {
      said = true;
      const { rows } = await client.query<{ pid: number }>(holderQuery);
      const session = rows[0] ? ` (session ${rows[0].pid})` : "";
      say(`Another node is bringing the database to a newer schema${session}; this one waits for it.`);
    }
    await setTimeout(pause);
  }
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>("SELECT pg_try_advisory_lock($1) AS taken", [
    migrationLock,
  ]);
  return rows[0]?.taken ?? false;
}
