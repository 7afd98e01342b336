import { fileURLToPath } from "node:url";
import pg from "pg";
import { type Child, startChild } from "./child.ts";

export type ReferenceServer = { child: Child; url: string };

const database = "reference";

/** Starts the reference with a database of its own in the same PostgreSQL. */
export async function startReference(connection: pg.ClientConfig): Promise<ReferenceServer> {
  const owner = new pg.Client(connection);
  await owner.connect();
  await owner.query(`CREATE DATABASE ${database}`);
  await owner.end();
  const program = fileURLToPath(new URL("../reference/server.ts", import.meta.url));
  const child = startChild([program], { BENCH_CONNECTION: JSON.stringify({ ...connection, database }) });
  const ready = await child.line(/^Ready: (\S+)/);
  return { child, url: ready[1] ?? "" };
}
