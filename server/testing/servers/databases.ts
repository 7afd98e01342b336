import { randomBytes } from "node:crypto";
import pg from "pg";

/** Migrated once; the databases of the tests are copies of it. */
export const templateDatabase = "grata_tests";

type Server = { host: string; port: number; user: string; password: string };

/** Makes a database, as a copy of `template` or empty. */
export async function createDatabase(server: Server, name: string, template: string | null): Promise<void> {
  await asSuperuser(server, `CREATE DATABASE ${name} TEMPLATE ${template ?? "template0"} ENCODING 'UTF8'`);
}

/** A database of a test's own, migrated unless said otherwise: how to connect as its owner, and how to drop it. */
export async function freshDatabase(server: Server, template: string | null = templateDatabase) {
  const database = `test_${randomBytes(6).toString("hex")}`;
  await createDatabase(server, database, template);
  return {
    connection: { ...server, database },
    url: databaseUrl({ ...server, database }),
    drop: () => asSuperuser(server, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`),
  };
}

/** A connection as a URL, with the socket's folder as the host parameter. */
export function databaseUrl(connection: Server & { database: string }): string {
  const url = new URL(`postgresql://localhost:${connection.port}/${connection.database}`);
  url.username = connection.user;
  url.password = connection.password;
  url.searchParams.set("host", connection.host);
  return url.href;
}

async function asSuperuser(server: Server, statement: string): Promise<void> {
  const client = new pg.Client({ ...server, database: "postgres" });
  await client.connect();
  try {
    // Copies of one template are made one after another: PostgreSQL refuses a template that is just being copied.
    await client.query("SELECT pg_advisory_lock(1)");
    await client.query(statement);
  } finally {
    await client.end();
  }
}
