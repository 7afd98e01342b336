import type pg from "pg";
import { progressTable, runBackfill } from "./backfill.ts";
import { declareStep, raiseFence } from "./fence.ts";
import { type Migration, newestStep } from "./files.ts";
import { changeIndexes } from "./indexes.ts";
import { createPatience, lockTimeoutMilliseconds, type Patiently } from "./patience.ts";
import { watchWaits } from "./waits.ts";

export type RunOptions = {
  /** Opens another connection to the same database. */
  connection: pg.ClientConfig;
  /** Gets the sentences that say what is done or waited for. */
  say(sentence: string): void;
  /** Longest time that one piece of a migration waits for locks of others. */
  patienceMilliseconds: number;
};

/** The tables that drizzle's own migrator would make: databases of every release have them. */
const tables = [
  "CREATE SCHEMA IF NOT EXISTS drizzle",
  "CREATE TABLE IF NOT EXISTS drizzle.__drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint)",
  progressTable,
];

/**
 * Does the migrations that the database has not had, one after another and each for itself. Whoever calls holds the
 * lock of migrations. May be killed at any moment; the next run goes on where this one was.
 */
export async function runMigrations(
  client: pg.Client,
  migrations: Migration[],
  { connection, say, patienceMilliseconds }: RunOptions,
): Promise<void> {
  for (const table of tables) await client.query(table);
  const missing = await findMissing(client, migrations);
  if (missing.length === 0) return;
  await settleSession(client, migrations);
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const watch = watchWaits(connection, rows[0]?.pid ?? 0, say);
  const patiently = createPatience(watch, patienceMilliseconds);
  try {
    for (const migration of missing) await runOne(client, migration, patiently, say);
  } finally {
    await watch.close();
  }
}

async function findMissing(client: pg.Client, migrations: Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ step: string }>(
    "SELECT created_at AS step FROM drizzle.__drizzle_migrations",
  );
  const applied = new Set(rows.map(({ step }) => Number(step)));
  return migrations.filter(({ step }) => !applied.has(step));
}

/** An index may take an hour. The database notices within seconds when this program is killed, and lets go of the lock. */
async function settleSession(client: pg.Client, migrations: Migration[]): Promise<void> {
  await client.query(`SET statement_timeout = 0; ${declareStep(newestStep(migrations))}`);
  // Not every system can look for that.
  await client.query("SET client_connection_check_interval = '1s'").catch(() => undefined);
}

async function runOne(
  client: pg.Client,
  migration: Migration,
  patiently: Patiently,
  say: (sentence: string) => void,
): Promise<void> {
  switch (migration.way) {
    case "transaction":
      return patiently(migration.name, () => runWhole(client, migration));
    case "concurrently":
      await changeIndexes(client, migration, patiently, say);
      return patiently(migration.name, () => inTransaction(client, () => record(client, migration)));
    case "backfill":
      await runBackfill(client, migration, patiently, say);
      return patiently(migration.name, () =>
        inTransaction(client, async () => {
          await client.query("DELETE FROM drizzle.backfills WHERE step = $1", [migration.step]);
          await record(client, migration);
        }),
      );
  }
}

function runWhole(client: pg.Client, migration: Migration): Promise<void> {
  return inTransaction(client, async () => {
    if (migration.fence) await raiseFence(client, migration);
    for (const statement of migration.statements) await client.query(statement);
    await record(client, migration);
  });
}

async function inTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  try {
    await client.query(`BEGIN; SET LOCAL lock_timeout = ${lockTimeoutMilliseconds}`);
    await work();
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

async function record(client: pg.Client, { hash, step }: Migration): Promise<void> {
  await client.query("INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ($1, $2)", [
    hash,
    step,
  ]);
}
