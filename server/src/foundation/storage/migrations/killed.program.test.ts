import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../../testing/checks/eventually.ts";
import { type MadeUp, shippedAnd } from "../../../../testing/servers/migrations.ts";
import { openSharedDatabase } from "../../../../testing/servers/shared-database.ts";
import { prepareDatabase } from "../prepare-database.ts";

let database: Awaited<ReturnType<typeof openSharedDatabase>>;
let sql: pg.Client;

beforeEach(async () => {
  database = await openSharedDatabase();
  sql = database.sql;
});
afterEach(() => database.close());

const index: MadeUp = [
  "0902_index",
  '-- grata: concurrently\nCREATE INDEX CONCURRENTLY "tried" ON "entries" ("organisation_id","author_name");',
];
const column: MadeUp = ["0903_visits", "ALTER TABLE customers ADD COLUMN visits int NOT NULL DEFAULT 0;"];
const backfill: MadeUp = [
  "0904_backfill",
  `-- grata: backfill
  WITH slice AS (
    SELECT id FROM customers WHERE organisation_id = $1 AND ($2::uuid IS NULL OR id > $2::uuid) ORDER BY id LIMIT 5
  ), visited AS (
    UPDATE customers c SET visits = visits + 1 FROM slice WHERE (c.organisation_id, c.id) = ($1, slice.id)
  )
  SELECT id::text AS cursor FROM slice ORDER BY id DESC LIMIT 1`,
];

/** A node that starts as a process of its own, and can be killed as a power failure would. */
function startNode(...madeUp: MadeUp[]) {
  const script = join(import.meta.dirname, "../../../../testing/servers/dying-migration.ts");
  const child = spawn(process.execPath, [script, database.url, JSON.stringify(madeUp)], { stdio: "ignore" });
  const closed = once(child, "close");
  const kill = async () => {
    child.kill("SIGKILL");
    await closed;
  };
  onTestFinished(kill);
  return { kill };
}

const finish = (...madeUp: MadeUp[]) =>
  prepareDatabase({ connectionString: database.url }, { migrations: shippedAnd(...madeUp) });

/** A transaction of somebody else that an index has to wait for. */
async function begin(...statements: string[]): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.url });
  client.on("error", () => undefined);
  await client.connect();
  onTestFinished(() => client.end().catch(() => undefined));
  for (const statement of ["BEGIN", ...statements]) await client.query(statement);
  return client;
}

async function isValid(): Promise<boolean | undefined> {
  const { rows } = await sql.query<{ valid: boolean }>(
    "SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = to_regclass('tried')",
  );
  return rows[0]?.valid;
}

const isApplied = async ([name]: MadeUp, ...all: MadeUp[]) => {
  const step = shippedAnd(...all).find((one) => one.name === name)?.step;
  const found = await sql.query("SELECT FROM drizzle.__drizzle_migrations WHERE created_at = $1", [step]);
  return found.rowCount === 1;
};

describe("a node that is killed while it builds an index", () => {
  test.each([
    ["before the build", "waiting for writers before build", ["LOCK TABLE entries IN ROW EXCLUSIVE MODE"]],
    [
      "after the build",
      "waiting for old snapshots",
      ["SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "SELECT FROM channels"],
    ],
  ])("H1: %s leaves one that is not used, and the next builds it again", async (_when, phase, statements) => {
    const holder = await begin(...statements);
    const node = startNode(index);
    await eventually(async () => {
      const { rows } = await sql.query("SELECT phase FROM pg_stat_progress_create_index");
      expect(rows).toEqual([{ phase }]);
    });
    await node.kill();
    // The database notices it by itself, while the other one still holds it up.
    await eventually(async () => {
      expect((await sql.query("SELECT FROM pg_stat_progress_create_index")).rowCount).toBe(0);
    });
    expect(await isValid()).toBe(false);
    const finished = finish(index);
    await holder.query("COMMIT");
    await finished;
    expect(await isValid()).toBe(true);
    expect(await isApplied(index, index)).toBe(true);
  });

  test("H1: and had only not noted it any more, finds it built", async () => {
    await sql.query(index[1].split("\n")[1] ?? "");
    const oid = async () => (await sql.query("SELECT to_regclass('tried')::oid AS oid")).rows;
    const before = await oid();
    await finish(index);
    expect(await oid()).toEqual(before);
    expect(await isApplied(index, index)).toBe(true);
  });
});

describe("a node that is killed in a backfill", () => {
  test("H1: again and again leaves whole slices, and the last one goes on until every row was visited once", async () => {
    const { organisationId } = database.place;
    await sql.query(
      `INSERT INTO customers (organisation_id, id, channel_id)
       SELECT $1, gen_random_uuid(), id FROM channels, generate_series(1, 600) WHERE organisation_id = $1`,
      [organisationId],
    );
    const visited = async () => {
      const { rows } = await sql.query<{ count: number }>(
        "SELECT count(*) FILTER (WHERE visits > 0)::int AS count FROM customers",
      );
      return rows[0]?.count ?? 0;
    };
    await finish(column);
    for (let time = 0; time < 4; time++) {
      const before = await visited();
      const node = startNode(column, backfill);
      await eventually(async () => expect(await visited()).toBeGreaterThan(before));
      await node.kill();
      expect(await isApplied(backfill, column, backfill)).toBe(false);
    }
    await finish(column, backfill);
    const { rows } = await sql.query("SELECT visits, count(*)::int FROM customers GROUP BY visits");
    expect(rows).toEqual([{ visits: 1, count: 600 }]);
  });

  test("H1: inside of a slice, which a locked row holds up, loses that slice alone", async () => {
    const { organisationId } = database.place;
    await sql.query(
      `INSERT INTO customers (organisation_id, id, channel_id)
       SELECT $1, gen_random_uuid(), id FROM channels, generate_series(1, 20) WHERE organisation_id = $1`,
      [organisationId],
    );
    await finish(column);
    const holder = await begin(
      "SELECT FROM customers WHERE id = (SELECT id FROM customers ORDER BY id OFFSET 12 LIMIT 1) FOR UPDATE",
    );
    const node = startNode(column, backfill);
    await eventually(async () => {
      const waiting = await sql.query("SELECT FROM pg_locks WHERE NOT granted");
      expect(waiting.rowCount).toBe(1);
    });
    await node.kill();
    const { rows } = await sql.query(
      "SELECT count(*) FILTER (WHERE visits > 0)::int AS visited FROM customers",
    );
    expect(rows).toEqual([{ visited: 10 }]);
    await holder.query("COMMIT");
    await finish(column, backfill);
    const all = await sql.query("SELECT visits, count(*)::int FROM customers GROUP BY visits");
    expect(all.rows).toEqual([{ visits: 1, count: 20 }]);
  });
});
