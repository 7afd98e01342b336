import pg from "pg";
import { StartupProblem } from "../configuration/startup-problem.ts";
import { type Migration, readMigrations } from "./migrations/files.ts";

/** The steps by which the database came to its schema, and those that this program knows, by the time of their making. */
type Steps = { applied: number[]; known: number[] };

/** Refuses a database that a newer program has changed: this one would write into tables that it does not know. */
export async function refuseNewerSchema(client: pg.Client, migrations = readMigrations()): Promise<void> {
  const { applied, known } = await readSteps(client, migrations);
  const unknown = applied.filter((step) => !known.includes(step)).length;
  if (unknown > 0) {
    throw new StartupProblem(
      `A newer Grata has changed this database (${unknown} of its ${applied.length} steps are unknown to this one): start that version again, or restore a backup from before the upgrade.`,
    );
  }
}

/** Refuses a database whose schema is not exactly that of this program, where it must not be changed. */
export async function checkSchema(connection: pg.ClientConfig): Promise<void> {
  const client = new pg.Client({ ...connection, application_name: "grata command" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const migrations = readMigrations();
    await refuseNewerSchema(client, migrations);
    const { applied, known } = await readSteps(client, migrations);
    if (known.some((step) => !applied.includes(step))) {
      throw new StartupProblem(
        "The running Grata is older than this command: use the command of its version, or restart it with this one.",
      );
    }
  } finally {
    await client.end();
  }
}

async function readSteps(client: pg.Client, migrations: Migration[]): Promise<Steps> {
  const known = migrations.map(({ step }) => step);
  const present = await client.query("SELECT FROM pg_tables WHERE (schemaname, tablename) = ($1, $2)", [
    "drizzle",
    "__drizzle_migrations",
  ]);
  if (present.rowCount === 0) return { applied: [], known };
  const { rows } = await client.query<{ step: string }>(
    "SELECT created_at AS step FROM drizzle.__drizzle_migrations",
  );
  return { applied: rows.map(({ step }) => Number(step)), known };
}
