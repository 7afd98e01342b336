import pg from "pg";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../../testing/checks/eventually.ts";
import { problemOf } from "../../../../testing/checks/problem.ts";
import { makeAgent, makeClaimedChat } from "../../../../testing/scenes/chats.ts";
import { customerMessage, openWriter, watch } from "../../../../testing/scenes/writers.ts";
import { type MadeUp, shippedAnd } from "../../../../testing/servers/migrations.ts";
import { openSharedDatabase } from "../../../../testing/servers/shared-database.ts";
import { makeOrganisation } from "../../../../testing/servers/test-node.ts";
import { prepareDatabase } from "../prepare-database.ts";

let database: Awaited<ReturnType<typeof openSharedDatabase>>;
let sql: pg.Client;

beforeEach(async () => {
  database = await openSharedDatabase();
  sql = database.sql;
});
afterEach(() => database.close());

const addColumn: MadeUp = ["0901_column", "ALTER TABLE conversations ADD COLUMN tried text;"];
const index: MadeUp = [
  "0902_index",
  '-- grata: concurrently\nCREATE INDEX CONCURRENTLY "tried" ON "entries" ("organisation_id","author_name");',
];
/** Counts how often each customer was visited: twice would show. */
const countVisits: MadeUp[] = [
  ["0903_visits", "ALTER TABLE customers ADD COLUMN visits int NOT NULL DEFAULT 0;"],
  [
    "0904_backfill",
    `-- grata: backfill
    WITH slice AS (
      SELECT id FROM customers WHERE organisation_id = $1 AND ($2::uuid IS NULL OR id > $2::uuid) ORDER BY id LIMIT 3
    ), visited AS (
      UPDATE customers c SET visits = visits + 1 FROM slice WHERE (c.organisation_id, c.id) = ($1, slice.id)
    )
    SELECT id::text AS cursor FROM slice ORDER BY id DESC LIMIT 1`,
  ],
];

/** Starts a later release on the database; notes what it says. */
function migrate(madeUp: MadeUp[], patienceMilliseconds = 60_000) {
  const said: string[] = [];
  const say = (sentence: string) => said.push(sentence);
  const migrations = shippedAnd(...madeUp);
  const done = prepareDatabase({ connectionString: database.url }, { migrations, say, patienceMilliseconds });
  return { done, said };
}

/** A transaction of somebody else, who has read the table and now does nothing. */
async function hold(table: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.url, application_name: "a report" });
  client.on("error", () => undefined);
  await client.connect();
  onTestFinished(() => client.end().catch(() => undefined));
  await client.query(`BEGIN; SELECT FROM ${table}`);
  return client;
}

async function applied(): Promise<number[]> {
  const { rows } = await sql.query<{ step: string }>(
    "SELECT created_at AS step FROM drizzle.__drizzle_migrations ORDER BY id",
  );
  return rows.map(({ step }) => Number(step));
}

async function isValid(name: string): Promise<boolean | undefined> {
  const { rows } = await sql.query<{ valid: boolean }>(
    "SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = to_regclass($1)",
    [name],
  );
  return rows[0]?.valid;
}

async function makeCustomers(count: number, organisationId = database.place.organisationId): Promise<void> {
  await sql.query(
    `INSERT INTO customers (organisation_id, id, channel_id)
     SELECT $1, gen_random_uuid(), id FROM channels, generate_series(1, $2) WHERE organisation_id = $1`,
    [organisationId, count],
  );
}

describe("while somebody holds a table", () => {
  test("H1: a migration waits, says for whom, and keeps nobody from storing messages", async () => {
    const agent = await makeAgent(database, database.place);
    const chat = await makeClaimedChat(database, database.place, agent);
    const writer = openWriter(database);
    onTestFinished(() => writer.close());
    const holder = await hold("conversations");
    const { done, said } = migrate([addColumn]);
    const state = watch(done);
    await eventually(() => expect(said).toHaveLength(1));
    expect(said[0]).toMatch(
      /^The migration 0901_column waits for the table conversations, held by session \d+ \("a report", idle in transaction, its transaction began \d+ s ago\)\.$/,
    );
    for (let sent = 0; sent < 100; sent++) await writer.append(customerMessage(chat));
    expect(state.state).toBe("pending");
    await holder.query("COMMIT");
    await done;
    await sql.query("SELECT tried FROM conversations");
  });

  test("H1: a migration that has waited long enough gives up in one sentence, and nothing of it is left", async () => {
    await hold("conversations");
    const before = await applied();
    const twoSteps: MadeUp = [
      "0900_two",
      `CREATE TABLE aside (id int);\n--> statement-breakpoint\n${addColumn[1]}`,
    ];
    expect(await problemOf(migrate([twoSteps], 1_000).done)).toMatch(
      /^The migration 0900_two has waited 1 s for the table conversations, held by session \d+ \("a report", .*\): end that session, or start again later; nothing is left half done\.$/,
    );
    expect((await sql.query("SELECT to_regclass('aside') AS aside")).rows).toEqual([{ aside: null }]);
    expect(await applied()).toEqual(before);
  });

  test("H1: an index is built as far as it goes, says whom it waits for, and keeps nobody from storing messages", async () => {
    const agent = await makeAgent(database, database.place);
    const chat = await makeClaimedChat(database, database.place, agent);
    const writer = openWriter(database);
    onTestFinished(() => writer.close());
    const holder = await hold("entries");
    await holder.query("LOCK TABLE entries IN ROW EXCLUSIVE MODE");
    const { done, said } = migrate([index]);
    await eventually(() =>
      expect(said.at(-1)).toMatch(/^The migration 0902_index waits for session \d+ \("a report"/),
    );
    for (let sent = 0; sent < 20; sent++) await writer.append(customerMessage(chat));
    await holder.query("COMMIT");
    await done;
    expect(await isValid("tried")).toBe(true);
  });
});

describe("migrations", () => {
  test("H1: each count as done when they are, also when a later one fails", async () => {
    const before = await applied();
    const wrong: MadeUp = ["0905_wrong", "ALTER TABLE nowhere ADD COLUMN tried text;"];
    await expect(migrate([addColumn, wrong]).done).rejects.toThrow(/nowhere/);
    expect(await applied()).toHaveLength(before.length + 1);
    await migrate([addColumn, ...countVisits]).done;
    expect(await applied()).toHaveLength(before.length + 3);
  });

  test("H1: are done once by nodes that start at the same moment: columns, indexes and backfills", async () => {
    await makeCustomers(10);
    const madeUp = [addColumn, index, ...countVisits];
    await Promise.all(Array.from({ length: 4 }, () => migrate(madeUp).done));
    expect(await applied()).toHaveLength(shippedAnd(...madeUp).length);
    expect(await isValid("tried")).toBe(true);
    expect((await sql.query("SELECT DISTINCT visits FROM customers")).rows).toEqual([{ visits: 1 }]);
  });

  test("H1: build a unique index that its rows contradict without leaving one behind that refuses others", async () => {
    await makeCustomers(2);
    const wrong: MadeUp = [
      "0906_unique",
      '-- grata: concurrently\nCREATE UNIQUE INDEX CONCURRENTLY "tried" ON "customers" ("organisation_id","channel_id");',
    ];
    await expect(migrate([wrong]).done).rejects.toThrow(/tried/);
    expect(await isValid("tried")).toBeUndefined();
    await makeCustomers(1);
  });
});

describe("a backfill", () => {
  test("H1, H2: visits every row of every organisation once, and none of another while it is at one", async () => {
    const others = await makeOrganisation(database);
    await makeCustomers(10);
    await makeCustomers(7, others.organisationId);
    await migrate(countVisits).done;
    expect((await sql.query("SELECT visits, count(*)::int FROM customers GROUP BY visits")).rows).toEqual([
      { visits: 1, count: 17 },
    ]);
    expect((await sql.query("SELECT FROM drizzle.backfills")).rowCount).toBe(0);
  });

  test("H1: that looks for what is left ends when nothing is", async () => {
    await makeCustomers(10);
    const [column = addColumn] = countVisits;
    const left: MadeUp = [
      "0907_left",
      `-- grata: backfill
      WITH slice AS (SELECT id FROM customers WHERE organisation_id = $1 AND visits = 0 LIMIT 4)
      UPDATE customers c SET visits = visits + 1 FROM slice WHERE (c.organisation_id, c.id) = ($1, slice.id)
      RETURNING 'more' AS cursor`,
    ];
    await migrate([column, left]).done;
    expect((await sql.query("SELECT visits, count(*)::int FROM customers GROUP BY visits")).rows).toEqual([
      { visits: 1, count: 10 },
    ]);
  });

  test.each([
    ["UPDATE customers SET name = name WHERE organisation_id = $1", 'must answer with a column "cursor"'],
    [
      "SELECT 'here' AS cursor WHERE $1::uuid IS NOT NULL AND $2::text IS DISTINCT FROM ''",
      "stays where it is",
    ],
  ])(
    "H1: that cannot say where it is fails instead of ending early or never: %s",
    async (statement, problem) => {
      await makeCustomers(1);
      const wrong: MadeUp = ["0908_wrong", `-- grata: backfill\n${statement}`];
      await expect(migrate([wrong]).done).rejects.toThrow(problem);
    },
  );
});
