import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asOwner } from "../../../testing/checks/contents.ts";
import { everythingIndexed } from "../../../testing/checks/history.ts";
import {
  makeLivelyOrganisation,
  stubbornChannel,
  type Tenant,
  tenantTables,
} from "../../../testing/scenes/tenants.ts";
import { openSharedDatabase } from "../../../testing/servers/shared-database.ts";
import { startTestNode } from "../../../testing/servers/test-node.ts";
import { databaseErrorCode } from "./database-errors.ts";
import type { Transaction } from "./storage.ts";

let database: Awaited<ReturnType<typeof openSharedDatabase>>;
let ours: Tenant;
let theirs: Tenant;
let tables: string[];
/** Tables of which nobody may change or delete a row, whosever it is. */
const appendOnly = ["audit_entries"];
const changeable = () => tables.filter((table) => !appendOnly.includes(table));

beforeAll(async () => {
  database = await openSharedDatabase();
  const node = await startTestNode({ databaseUrl: database.url, channels: stubbornChannel.channels });
  ours = await makeLivelyOrganisation(node, "Ours");
  theirs = await makeLivelyOrganisation(node, "Theirs");
  await everythingIndexed(node);
  // Without a node nothing goes on by itself: what waits to be made findable waits.
  await node.stop();
  await database.sql.query(
    "INSERT INTO unindexed_entries SELECT organisation_id, at, conversation_id, seq FROM entries",
  );
  tables = await asOwner(database.url, tenantTables);
});
afterAll(() => database.close());

type Row = Record<string, unknown> & { organisation_id: string };

/** The rows of a table that a transaction gets from a query without a WHERE. */
async function everyRow(transaction: Transaction, table: string): Promise<Row[]> {
  return (await transaction.execute<Row>(sql.raw(`SELECT * FROM ${table}`))).rows;
}

/** How many rows of a table an organisation really has. */
function countOf(table: string, { organisationId }: Tenant): Promise<number> {
  return asOwner(database.url, async (client) => {
    const query = `SELECT count(*)::int AS count FROM ${table} WHERE organisation_id = $1`;
    return (await client.query<{ count: number }>(query, [organisationId])).rows[0]?.count ?? 0;
  });
}

class RolledBack extends Error {}

/** What the work in a transaction of ours gives, with all its changes undone. */
async function undone<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined;
  const transaction = database.services.storage.inOrganisation(ours.organisationId, async (transaction) => {
    result = { value: await work(transaction) };
    throw new RolledBack();
  });
  await expect(transaction).rejects.toBeInstanceOf(RolledBack);
  if (!result) throw new Error("There is no result.");
  return result.value;
}

/** The code of the error that a statement ends with in a transaction of ours. */
async function errorOf(statement: string): Promise<string | null> {
  const { storage } = database.services;
  const done = storage.inOrganisation(ours.organisationId, (transaction) =>
    transaction.execute(sql.raw(statement)),
  );
  return done.then(
    () => "it was done",
    (error: unknown) => databaseErrorCode(error),
  );
}

describe("H2: two organisations in every table", () => {
  test("H2: both have rows in each, so that the tests below mean something", async () => {
    expect(tables).toContain("users");
    for (const table of tables) {
      expect(await countOf(table, ours), table).toBeGreaterThan(0);
      expect(await countOf(table, theirs), table).toBeGreaterThan(0);
    }
  });

  test("H2: a query without a WHERE gives only one's own rows", async () => {
    for (const table of tables) {
      const rows = await undone((transaction) => everyRow(transaction, table));
      expect(new Set(rows.map((row) => row.organisation_id)), table).toEqual(new Set([ours.organisationId]));
      expect(rows, table).toHaveLength(await countOf(table, ours));
    }
  });

  test("H2: an UPDATE without a WHERE touches only one's own rows", async () => {
    for (const table of changeable()) {
      const statement = `UPDATE ${table} SET organisation_id = organisation_id RETURNING organisation_id`;
      const { rows, rowCount } = await undone((transaction) => transaction.execute<Row>(sql.raw(statement)));
      expect(rowCount, table).toBe(await countOf(table, ours));
      expect(new Set(rows.map((row) => row.organisation_id)), table).toEqual(new Set([ours.organisationId]));
    }
  });

  test("H3: what is only ever added to can be neither changed nor deleted, not even one's own", async () => {
    for (const table of appendOnly) {
      for (const statement of [
        `UPDATE ${table} SET organisation_id = organisation_id`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table}`,
      ]) {
        expect(await errorOf(statement), statement).toBe("42501");
      }
    }
  });

  test("H2: a DELETE without a WHERE leaves the others' rows where they are", async () => {
    const before = await Promise.all(tables.map((table) => countOf(table, theirs)));
    const left = await undone(async (transaction) => {
      // What may not be deleted holds the organisation that it belongs to.
      const deletable = changeable().filter((table) => table !== "organisations");
      for (const table of deletable) await transaction.execute(sql.raw(`DELETE FROM ${table}`));
      await transaction.execute(
        sql`SELECT set_config('grata.organisations', ${`{${theirs.organisationId}}`}, true)`,
      );
      const counts: number[] = [];
      for (const table of tables) counts.push((await everyRow(transaction, table)).length);
      return counts;
    });
    expect(left).toEqual(before);
  });

  test("H2: a row cannot be given to another organisation, nor made for it", async () => {
    const refused = "42501";
    for (const table of tables) {
      const moved = `UPDATE ${table} SET organisation_id = '${theirs.organisationId}'`;
      expect(await errorOf(moved), table).toBe(refused);
      const [row] = await undone((transaction) => everyRow(transaction, table));
      const foreign = JSON.stringify({ ...row, organisation_id: theirs.organisationId });
      const inserted = `INSERT INTO ${table} OVERRIDING SYSTEM VALUE
        SELECT * FROM json_populate_record(NULL::${table}, '${foreign.replaceAll("'", "''")}')`;
      expect(await errorOf(inserted), table).toBe(refused);
    }
  });

  test("H2: a foreign key cannot point at another organisation's row", async () => {
    const statement = `UPDATE conversations SET channel_id = '${theirs.channelId}'`;
    expect(await errorOf(statement)).toBe("23503");
  });

  test("H2: whoever has not said for whom sees nothing", async () => {
    for (const table of tables) {
      const rows = await database.services.storage.outsideOrganisations((transaction) =>
        everyRow(transaction, table),
      );
      expect(rows, table).toEqual([]);
    }
  });

  test("H2: what a transaction said does not last longer than it, on any connection", async () => {
    const { storage } = database.services;
    const said = () =>
      storage.outsideOrganisations(async (transaction) => {
        const { rows } = await transaction.execute<{ said: string | null; seen: number }>(
          sql`SELECT current_setting('grata.organisations', true) AS said,
            (SELECT count(*)::int FROM users) AS seen`,
        );
        return rows[0];
      });
    const many = Array.from({ length: 40 }, () => undefined);
    await Promise.all(
      many.map(() =>
        storage.inOrganisation(ours.organisationId, (transaction) => everyRow(transaction, "users")),
      ),
    );
    for (const answer of await Promise.all(many.map(said))) {
      expect(answer?.said ?? "").toBe("");
      expect(answer?.seen).toBe(0);
    }
  });

  test("H2: the append writer's own connection is confined too", async () => {
    const { client } = await database.services.storage.connect();
    try {
      const { rows } = await client.query<{ role: string; seen: number }>(
        "SELECT current_user AS role, (SELECT count(*)::int FROM entries) AS seen",
      );
      expect(rows).toEqual([{ role: "grata_application", seen: 0 }]);
    } finally {
      await client.end();
    }
  });
});
