import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import type pg from "pg";
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { entries } from "../conversations/tables.ts";
import { migrationsFolder } from "../repository.ts";
import { prepareDatabase } from "../storage/prepare-database.ts";
import { openStorage, type Storage } from "../storage/storage.ts";
import { makeAgent, makeClaimedChat } from "../testing/chats.ts";
import { asOwner } from "../testing/contents.ts";
import { freshDatabase } from "../testing/databases.ts";
import { newClientId } from "../testing/people.ts";
import { openSharedDatabase } from "../testing/shared-database.ts";
import { makeOrganisation } from "../testing/test-node.ts";
import { customerMessage, openWriter } from "../testing/writers.ts";
import { postingsOf } from "./candidates.ts";
import { forgetMessages } from "./forget.ts";
import { indexEntries } from "./index-entries.ts";
import { indexAll } from "./indexer.ts";

let database: Awaited<ReturnType<typeof openSharedDatabase>>;

beforeAll(async () => {
  // Without a node: nobody else makes anything findable.
  database = await openSharedDatabase();
});
afterAll(() => database.close());

/** A chat of an organisation of its own in which these texts were said. */
async function chatOf(texts: string[]) {
  const place = await makeOrganisation(database);
  const chat = await makeClaimedChat(database, place, await makeAgent(database, place));
  const writer = openWriter(database);
  await Promise.all(texts.map((text) => writer.append(customerMessage(chat, text))));
  await writer.close();
  return { ...place, chat };
}

const numbersOf = async (organisationId: string) => {
  const { rows } = await database.sql.query<{ number: number }>(
    "SELECT number FROM searched_messages WHERE organisation_id = $1 ORDER BY number",
    [organisationId],
  );
  return rows.map(({ number }) => number);
};
const placesOf = async (organisationId: string, term: string) => {
  const { rows } = await database.sql.query<{ place: number }>(
    "SELECT unnest(places) AS place FROM search_postings WHERE organisation_id = $1 AND term = $2 ORDER BY 1",
    [organisationId, term],
  );
  return rows.map(({ place }) => place);
};

test("F4: nodes that index at the same time give each message one number, without a gap", async () => {
  const { organisationId } = await chatOf(Array.from({ length: 2_500 }, (_, number) => `tapir ${number}`));
  const index = () => indexAll(database.services.storage);
  await Promise.all([index(), index(), index()]);
  const said = (await numbersOf(organisationId)).length;
  expect(said).toBeGreaterThanOrEqual(2_500);
  expect(await numbersOf(organisationId)).toEqual(Array.from({ length: said }, (_, number) => number));
  const places = await placesOf(organisationId, "tapir");
  expect(places).toHaveLength(2_500);
  expect(new Set(places).size).toBe(2_500);
});

test("F4: what is killed while it indexes has done nothing, and the next one does it whole", async () => {
  const { organisationId } = await chatOf(["a marmot"]);
  const { storage } = database.services;
  const dying: Storage = {
    ...storage,
    inOrganisation: (id, work) =>
      storage.inOrganisation(id, async (transaction) => {
        await work(transaction);
        throw new Error("killed");
      }),
  };
  await expect(indexEntries(dying, organisationId)).rejects.toThrow("killed");
  expect(await placesOf(organisationId, "marmot")).toEqual([]);
  expect(await numbersOf(organisationId)).toEqual([]);
  await indexEntries(storage, organisationId);
  expect(await placesOf(organisationId, "marmot")).toHaveLength(1);
});

test("F4: one organisation's long queue does not hold up another's", async () => {
  const long = await chatOf(Array.from({ length: 2_100 }, () => "capybara"));
  const short = await chatOf(["capybara"]);
  // It stops after a batch of each: the first question comes before them all.
  let asked = 0;
  await indexAll(database.services.storage, { isClosing: () => asked++ > 2, rest: async () => undefined });
  expect((await placesOf(long.organisationId, "capybara")).length).toBeLessThan(2_100);
  expect(await placesOf(short.organisationId, "capybara")).toHaveLength(1);
  await indexAll(database.services.storage);
  expect(await placesOf(long.organisationId, "capybara")).toHaveLength(2_100);
});

test("F4, H2: as the application's role, a search reads the index by its whole key", async () => {
  const { organisationId } = await chatOf(["a heron"]);
  const plan = await database.services.storage.inOrganisation(organisationId, async (transaction) => {
    // The tables of a test are small enough to be read whole.
    await transaction.execute(sql`SET LOCAL enable_seqscan = off`);
    const { rows } = await transaction.execute<{ "QUERY PLAN": string }>(
      sql`EXPLAIN (COSTS off) ${postingsOf(organisationId, ["heron", "he"], 0, 3)}`,
    );
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  });
  expect(plan).toMatch(/Index Cond: .*organisation_id = .*term = ANY .*bucket >= .*bucket <= /);
});

test("F4: what is forgotten leaves no word behind, whether it had been indexed or not", async () => {
  const { organisationId, chat } = await chatOf(["the axolotl of Ann"]);
  const { storage } = database.services;
  await indexEntries(storage, organisationId);
  const writer = openWriter(database);
  await writer.append(customerMessage(chat, "not indexed yet"));
  await writer.close();
  await storage.inOrganisation(organisationId, async (transaction) => {
    const said = await transaction.select().from(entries);
    await forgetMessages(transaction, organisationId, said);
  });
  for (const table of ["search_postings", "searched_messages", "unindexed_entries"]) {
    const { rows } = await database.sql.query(`SELECT FROM ${table} WHERE organisation_id = $1`, [
      organisationId,
    ]);
    expect(rows, table).toEqual([]);
  }
});

/** The database as the release before the index left it. */
async function migrateUntil(connection: pg.ClientConfig, last: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "grata-migrations-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(migrationsFolder, folder, { recursive: true });
  const journal = join(folder, "meta/_journal.json");
  const { entries: all, ...rest } = JSON.parse(await readFile(journal, "utf8"));
  const place = all.findIndex(({ tag }: { tag: string }) => tag === last);
  await writeFile(journal, JSON.stringify({ ...rest, entries: all.slice(0, place + 1) }));
  await asOwner(connection, (client) => migrate(drizzle(client), { migrationsFolder: folder }));
}

test("F4, H1: what was said before there was an index is found after the program is renewed", async () => {
  const old = await freshDatabase(inject("postgres"), null);
  onTestFinished(() => old.drop());
  await migrateUntil(old.connection, "0010_files");
  const id = newClientId();
  await asOwner(old.connection, (client) =>
    client.query(`
      INSERT INTO organisations (organisation_id, name) VALUES ('${id}', 'Old');
      INSERT INTO channels (organisation_id, id, kind, name) VALUES ('${id}', '${id}', 'webchat', 'Site');
      INSERT INTO customers (organisation_id, id, channel_id) VALUES ('${id}', '${id}', '${id}');
      INSERT INTO conversations (organisation_id, id, channel_id, customer_id, status, head, opened_with, first_text,
          last_text, last_author, last_at, opened_at, waiting_since)
        VALUES ('${id}', '${id}', '${id}', '${id}', 'waiting', 1, '${id}', '', '', 'customer', now(), now(), now());
      INSERT INTO entries (organisation_id, conversation_id, seq, author_kind, audience, occurrence, delivery, at)
        VALUES ('${id}', '${id}', 1, 'customer', 'everybody', '{"kind": "message", "text": "an old pelican"}', 'none',
          now())`),
  );
  await prepareDatabase(old.connection);
  const storage = openStorage(old.connection, { maximumConnections: 2 });
  onTestFinished(() => storage.close());
  await indexAll(storage);
  const { rows } = await asOwner(old.connection, (client) =>
    client.query("SELECT places FROM search_postings WHERE term = 'pelican'"),
  );
  expect(rows).toEqual([{ places: [0] }]);
});
