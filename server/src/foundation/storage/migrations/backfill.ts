import { setTimeout } from "node:timers/promises";
import type pg from "pg";
import { beginFor } from "../storage.ts";
import type { Migration } from "./files.ts";
import { lockTimeoutMilliseconds, type Patiently } from "./patience.ts";

const sayEveryMilliseconds = 10_000;

/** Where each backfill is, for each organisation. It stands beside the table of migrations, out of the nodes' reach. */
export const progressTable = `
  CREATE TABLE IF NOT EXISTS drizzle.backfills (
    step bigint NOT NULL, organisation_id uuid NOT NULL, cursor text, done boolean NOT NULL,
    PRIMARY KEY (step, organisation_id))`;

/**
 * Runs a statement again and again, organisation after organisation, until it has no more to do. Each slice is a short
 * transaction that also notes where it came to: a program that is killed goes on there at its next start.
 */
export async function runBackfill(
  client: pg.Client,
  migration: Migration,
  patiently: Patiently,
  say: (sentence: string) => void,
): Promise<void> {
  const organisations = await allOrganisations(client);
  const progress = await readProgress(client, migration);
  let saidAt = performance.now();
  for (const [place, organisationId] of organisations.entries()) {
    const known = progress.get(organisationId);
    let position = { cursor: known?.cursor ?? null, done: known?.done ?? false };
    while (!position.done) {
      const began = performance.now();
      const { cursor } = position;
      position = await patiently(migration.name, () => storeSlice(client, migration, organisationId, cursor));
      if (began - saidAt > sayEveryMilliseconds) {
        saidAt = began;
        say(`The migration ${migration.name} goes on: ${place} of ${organisations.length} organisations.`);
      }
      // Leaves half of the time to those who serve.
      if (!position.done) await setTimeout(performance.now() - began);
    }
  }
}

/** Row security shows the owner of the tables nothing: the role that sees all organisations lists them. */
async function allOrganisations(client: pg.Client): Promise<string[]> {
  await client.query("BEGIN; SET LOCAL ROLE grata_system");
  const { rows } = await client.query<{ id: string }>(
    "SELECT organisation_id AS id FROM organisations ORDER BY organisation_id",
  );
  await client.query("COMMIT");
  return rows.map(({ id }) => id);
}

type Position = { cursor: string | null; done: boolean };

async function readProgress(client: pg.Client, { step }: Migration): Promise<Map<string, Position>> {
  const { rows } = await client.query<Position & { id: string }>(
    "SELECT organisation_id AS id, cursor, done FROM drizzle.backfills WHERE step = $1",
    [step],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** One slice, as the role of the nodes, confined to the organisation. */
async function storeSlice(
  client: pg.Client,
  { name, step, statements: [statement = ""] }: Migration,
  organisationId: string,
  after: string | null,
): Promise<Position> {
  try {
    await client.query(
      `${beginFor([organisationId])}; SET LOCAL lock_timeout = ${lockTimeoutMilliseconds}; SET LOCAL ROLE grata_application`,
    );
    const values = statement.includes("$2") ? [organisationId, after] : [organisationId];
    const result = await client.query<{ cursor: string | null }>(statement, values);
    if (!result.fields.some((field) => field.name === "cursor")) {
      throw new Error(`The backfill ${name} must answer with a column "cursor".`);
    }
    const cursor = result.rows[0]?.cursor ?? null;
    if (cursor !== null && cursor === after && values.length === 2) {
      throw new Error(`The backfill ${name} stays where it is, at ${cursor}.`);
    }
    const position = { cursor, done: cursor === null };
    await client.query("RESET ROLE");
    await client.query(
      `INSERT INTO drizzle.backfills (step, organisation_id, cursor, done) VALUES ($1, $2, $3, $4)
       ON CONFLICT (step, organisation_id) DO UPDATE SET cursor = excluded.cursor, done = excluded.done`,
      [step, organisationId, position.cursor, position.done],
    );
    await client.query("COMMIT");
    return position;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}
