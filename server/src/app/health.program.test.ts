import { join } from "node:path";
import type pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, onTestFinished, test } from "vitest";
import { eventually } from "../../testing/checks/eventually.ts";
import { openSql } from "../../testing/checks/stored.ts";
import { makeWaitingChat } from "../../testing/scenes/chats.ts";
import { type Program, runProgram } from "../../testing/servers/program.ts";
import { openSharedDatabase } from "../../testing/servers/shared-database.ts";
import { startTcpProxy } from "../../testing/servers/tcp-proxy.ts";

let database: Awaited<ReturnType<typeof openSharedDatabase>>;

beforeEach(async () => {
  database = await openSharedDatabase();
});
afterEach(() => database.close());

async function start(databaseUrl: string): Promise<Program> {
  const node = runProgram({ DATABASE_URL: databaseUrl, LOG_LEVEL: "info" });
  await node.ready();
  return node;
}

const ask = async (node: Program) => {
  const answer = await fetch(`${node.url()}/healthz`);
  return { status: answer.status, body: await answer.json() };
};

const ill = {
  status: 503,
  body: { error: { code: "unavailable", fields: { database: { code: "unavailable" } } } },
};

/** Returns the lines that the node logged about its database, after it has ended. */
async function linesOf(node: Program): Promise<string[]> {
  await node.stop();
  return (await node.ended).stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line).msg);
}

/** How a database comes to store nothing, and how it is mended. */
const ways: Record<string, { spoil: string; mend: string; afterwards?: string; cause: string }> = {
  "a full disk": {
    spoil: `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
      CREATE TRIGGER full_disk BEFORE INSERT ON entries FOR EACH STATEMENT EXECUTE FUNCTION fail()`,
    mend: "DROP TRIGGER full_disk ON entries",
    cause: "no room: disk, memory or connections (53100)",
  },
  "a lock on the table of messages": {
    spoil: "BEGIN; LOCK TABLE entries IN ACCESS EXCLUSIVE MODE",
    mend: "COMMIT",
    cause: "locked or not ready (55P03)",
  },
  "a server that only reads": {
    spoil: `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database());
      END $$`,
    mend: `SET default_transaction_read_only = off; DO $$ BEGIN
      EXECUTE format('ALTER DATABASE %I RESET default_transaction_read_only', current_database()); END $$`,
    // New connections learn of it; the old ones end, as they do in a fail-over.
    afterwards: `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'grata'`,
    cause: "",
  },
};

describe("/healthz", () => {
  test.each(Object.entries(ways))(
    "H1: %s is 503 before anybody writes, and one line in the log",
    async (_name, way) => {
      await makeWaitingChat(database, database.place);
      const node = await start(database.url);
      const sql: pg.Client = await openSql(database.url);
      onTestFinished(() => sql.end());
      expect(await ask(node)).toEqual({ status: 200, body: {} });
      await sql.query(way.spoil);
      await sql.query(way.afterwards ?? "");
      await eventually(async () => expect(await ask(node)).toMatchObject(ill));
      await Promise.all(Array.from({ length: 20 }, () => ask(node)));
      await sql.query(way.mend);
      await sql.query(way.afterwards ?? "");
      await eventually(async () => expect(await ask(node)).toEqual({ status: 200, body: {} }));
      const lines = await linesOf(node);
      expect(lines.filter((line) => line.startsWith("The database does not store messages: "))).toEqual([
        expect.stringContaining(way.cause),
      ]);
      expect(
        lines.filter((line) => line.startsWith("The database stores messages again, after")),
      ).toHaveLength(1);
    },
  );

  test("H1: a database that falls silent is 503 while it is silent, by whatever name the node is asked", async () => {
    const postgres = inject("postgres");
    const network = await startTcpProxy(join(postgres.host, `.s.PGSQL.${postgres.port}`));
    onTestFinished(network.close);
    const url = new URL(database.url);
    url.searchParams.delete("host");
    url.hostname = "127.0.0.1";
    url.port = `${network.port}`;
    const node = await start(url.href);
    expect(await ask(node)).toEqual({ status: 200, body: {} });
    network.freeze();
    await eventually(async () => expect(await ask(node)).toMatchObject(ill));
    // Under a name that is not an entrance, which could be that of an organisation.
    const byNumber = await fetch(`http://127.0.0.1:${new URL(node.url()).port}/healthz`);
    expect(await byNumber.json()).toMatchObject(ill.body);
    network.thaw();
    await eventually(async () => expect(await ask(node)).toEqual({ status: 200, body: {} }));
    const lines = await linesOf(node);
    expect(lines.filter((line) => line.startsWith("The database does not store messages: "))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith("The database stores messages again, after"))).toHaveLength(
      1,
    );
  });
});
