import { getTableName } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { freshDatabase } from "../../../testing/servers/databases.ts";
import { impersonalColumns, personalColumns, tablesWithoutCustomers } from "./personal-columns.ts";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let client: pg.Client;

beforeAll(async () => {
  database = await freshDatabase(inject("postgres"));
  client = new pg.Client(database.connection);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** Ids, numbers, times and what is true or not: all else may hold words of somebody. */
const wordless = /^(uuid|smallint|integer|bigint|boolean|timestamp with time zone)(\[\])?$/;

/** Every column of the live schema that may hold words, as `table.column`. */
async function columnsWithWords(): Promise<{ table: string; name: string }[]> {
  const { rows } = await client.query<{ table: string; column: string; type: string }>(`
    SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, NULL) AS type
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0
      AND NOT a.attisdropped
    ORDER BY 1, 2`);
  return rows
    .filter(({ type }) => !wordless.test(type))
    .map(({ table, column }) => ({ table, name: `${table}.${column}` }));
}

const personal = personalColumns.map(({ column }) => `${getTableName(column.table)}.${column.name}`);

/** Columns of which nobody has said whether they hold something of customers. */
async function unlisted(): Promise<string[]> {
  const columns = await columnsWithWords();
  return columns
    .filter(({ table }) => !(table in tablesWithoutCustomers))
    .map(({ name }) => name)
    .filter((name) => !(personal.includes(name) || name in impersonalColumns));
}

test("F4: every column that may hold words is personal, or said not to be, or in a table without customers", async () => {
  expect(await unlisted()).toEqual([]);
});

test("F4: a new column, and a new table, of whatever type is missed until it is listed", async () => {
  await client.query("BEGIN");
  await client.query("ALTER TABLE customers ADD company text, ADD born date, ADD age integer");
  await client.query("CREATE TABLE parcels (id uuid, label text[], raw bytea, of jsonb)");
  expect(await unlisted()).toEqual([
    "customers.born",
    "customers.company",
    "parcels.label",
    "parcels.of",
    "parcels.raw",
  ]);
  await client.query("ROLLBACK");
});

test("F4: the lists name nothing twice and nothing that is not there", async () => {
  const columns = await columnsWithWords();
  const [names, tables] = [columns.map(({ name }) => name), columns.map(({ table }) => table)];
  const listed = [...personal, ...Object.keys(impersonalColumns)];
  expect(listed.filter((name) => !names.includes(name))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
  expect(Object.keys(tablesWithoutCustomers).filter((table) => !tables.includes(table))).toEqual([]);
});

test("F4: a table whose rows belong to a customer or to a chat is none without customers", async () => {
  const { rows } = await client.query<{ table: string }>(`
    SELECT DISTINCT c.relname AS table FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND a.attname IN ('customer_id', 'conversation_id', 'survivor_id')`);
  const belonging = rows.map(({ table }) => table);
  expect(belonging).toContain("entries");
  expect(belonging.filter((table) => table in tablesWithoutCustomers)).toEqual([]);
});
