import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import type pg from "pg";
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { asOwner } from "../../../testing/checks/contents.ts";
import { eventually } from "../../../testing/checks/eventually.ts";
import { makeAgent, makeClaimedChat } from "../../../testing/scenes/chats.ts";
import { newClientId } from "../../../testing/scenes/people.ts";
import { appendAll, customerMessage, openWriter } from "../../../testing/scenes/writers.ts";
import { freshDatabase } from "../../../testing/servers/databases.ts";
import { openSharedDatabase } from "../../../testing/servers/shared-database.ts";
import { makeOrganisation } from "../../../testing/servers/test-node.ts";
import { migrationsFolder } from "../../foundation/configuration/repository.ts";
import { entries } from "../../foundation/schema/conversations.ts";
import { prepareDatabase } from "../../foundation/storage/prepare-database.ts";
import { openStorage, type Storage } from "../../foundation/storage/storage.ts";
import { postingsOf } from "./candidates.ts";
import { forgetMessages } from "./forget.ts";
import { indexEntries } from "./index-entries.ts";
import { indexAll, startIndexer } from "./indexer.ts";

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
  await appendAll(
    writer,
    texts.map((text) => customerMessage(chat, text)),
  );
  await writer.close();
  return { ...place, chat };
}

const raise = (error: Error) => {
  throw error;
};

const forgetAll = (organisationId: string) =>
  database.services.storage.inOrganisation(organisationId, async (transaction) => {
    await forgetMessages(transaction, organisationId, await transaction.select().from(entries));
  });

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
  await expect(indexEntries(dying, organisationId, raise)).rejects.toThrow("killed");
  expect(await placesOf(organisationId, "marmot")).toEqual([]);
  expect(await numbersOf(organisationId)).toEqual([]);
  await indexEntries(storage, organisationId, raise);
  expect(await placesOf(organisationId, "marmot")).toHaveLength(1);
});

test("F4: one organisation's long queue does not hold up another's", async () => {
  const long = await chatOf(Array.from({ length: 2_100 }, () => "capybara"));
  const short = await chatOf(["capybara"]);
  // It stops after a batch of each: the first question comes before them all.
  let asked = 0;
  await indexAll(database.services.storage, { isClosing: () => asked++ > 2 });
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
  await indexEntries(storage, organisationId, raise);
  const writer = openWriter(database);
  await writer.append(customerMessage(chat, "not indexed yet"));
  await writer.close();
  await forgetAll(organisationId);
  for (const table of ["search_postings", "searched_messages", "unindexed_entries"]) {
    const { rows } = await database.sql.query(`SELECT FROM ${table} WHERE organisation_id = $1`, [
      organisationId,
    ]);
    expect(rows, table).toEqual([]);
  }
});

const ideographs = (from: number, count: number) =>
  String.fromCodePoint(
    ...Array.from({ length: count }, (_, place) => 0x4e00 + ((from + place * 7) % 20_000)),
  );
const rowsOf = async (organisationId: string) => {
  const { rows } = await database.sql.query<{ rows: number }>(
    "SELECT count(*)::integer AS rows FROM search_postings WHERE organisation_id = $1",
    [organisationId],
  );
  return rows[0]?.rows ?? -1;
};

test("F4: a very long message is indexed by its first terms, and forgotten whole", async () => {
  const { organisationId } = await chatOf([`an ibis ${ideographs(0, 9_000)} a dugong`, "a dugong"]);
  await indexAll(database.services.storage);
  expect(await placesOf(organisationId, "ibis")).toHaveLength(1);
  expect(await placesOf(organisationId, "dugong")).toHaveLength(1);
  expect(await rowsOf(organisationId)).toBeLessThan(3_200);
  await forgetAll(organisationId);
  expect(await rowsOf(organisationId)).toBe(0);
});

test("F4: a message that was indexed before terms were limited is forgotten whole too", async () => {
  const { organisationId } = await chatOf([`${ideographs(0, 9_000)} a dugong`]);
  await indexAll(database.services.storage);
  const { rows } = await database.sql.query<{ places: number[] }>(
    "DELETE FROM search_postings WHERE organisation_id = $1 AND term = 'cut:' RETURNING places",
    [organisationId],
  );
  await database.sql.query(
    "INSERT INTO search_postings (organisation_id, term, bucket, places) VALUES ($1, 'dugong', 0, $2)",
    [organisationId, rows[0]?.places],
  );
  await forgetAll(organisationId);
  expect(await rowsOf(organisationId)).toBe(0);
});

test("F4: a message that cannot be indexed is passed over and noted without its words", async () => {
  const texts = Array.from({ length: 20 }, (_, number) => `vicuna ${number === 9 ? "unspeakable" : number}`);
  const { organisationId } = await chatOf(texts);
  const trigger = `refuse_${organisationId.replaceAll("-", "")}`;
  await database.sql.query(`
    CREATE FUNCTION ${trigger}() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE 'refused' USING ERRCODE = '22021', DETAIL = NEW.term; END $$;
    CREATE TRIGGER ${trigger} BEFORE INSERT ON search_postings FOR EACH ROW
      WHEN (NEW.organisation_id = '${organisationId}' AND NEW.term = 'unspeakable') EXECUTE FUNCTION ${trigger}()`);
  onTestFinished(async () => {
    await database.sql.query(`DROP TRIGGER ${trigger} ON search_postings`);
  });
  const noted: Error[] = [];
  await indexAll(database.services.storage, { notePassedOver: (error) => noted.push(error) });
  expect(noted.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^Message [\da-f-]{36}\/\d+ cannot be indexed and is passed over\.$/),
  ]);
});

test("F4: an organisation whose index cannot be written keeps no other back, and loses nothing", async () => {
  const broken = await chatOf(["a quokka"]);
  const fine = await chatOf(["a quokka"]);
  await database.sql.query(`ALTER TABLE search_postings ADD CONSTRAINT full_up
    CHECK (organisation_id <> '${broken.organisationId}') NOT VALID`);
  const faults: unknown[] = [];
  const indexer = startIndexer({
    storage: database.services.storage,
    logFault: (error) => faults.push(error),
  });
  onTestFinished(() => indexer.close());
  await eventually(async () => expect(await placesOf(fine.organisationId, "quokka")).toHaveLength(1));
  expect(faults).not.toEqual([]);
  await database.sql.query("ALTER TABLE search_postings DROP CONSTRAINT full_up");
  await eventually(async () => expect(await placesOf(broken.organisationId, "quokka")).toHaveLength(1));
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
