import { type AddressInfo, createServer } from "node:net";
import type pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, onTestFinished, test } from "vitest";
import { refusalOf } from "../../../../testing/checks/refusals.ts";
import { type Chat, makeAgent, makeClaimedChat } from "../../../../testing/scenes/chats.ts";
import { customerMessage, openWriter } from "../../../../testing/scenes/writers.ts";
import { openSharedDatabase } from "../../../../testing/servers/shared-database.ts";
import { openStorage } from "../../../foundation/storage/storage.ts";

let database: Awaited<ReturnType<typeof openSharedDatabase>>;
let sql: pg.Client;
let chats: Chat[];

beforeEach(async () => {
  database = await openSharedDatabase();
  sql = database.sql;
  const agent = await makeAgent(database, database.place);
  chats = [];
  while (chats.length < 3) chats.push(await makeClaimedChat(database, database.place, agent));
});
afterEach(() => database.close());

const oneEach = () => chats.map((chat) => customerMessage(chat));

describe("the writer", () => {
  test("H1: refuses all at once while the database accepts connections and never answers, and logs one line", async () => {
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const { port } = silent.address() as AddressInfo;
    const connection = { ...inject("postgres"), host: "127.0.0.1", port };
    const storage = openStorage(connection, { maximumConnections: 2 });
    const writer = openWriter({ services: { storage } });
    onTestFinished(async () => {
      await writer.close();
      await storage.close();
      silent.close();
    });
    let connections = 0;
    silent.on("connection", () => connections++);
    expect(await Promise.all(oneEach().map((message) => refusalOf(writer.append(message))))).toEqual(
      chats.map(() => "unavailable"),
    );
    expect(connections).toBe(1);
    expect(writer.faults).toEqual([]);
    expect(writer.logged).toEqual([expect.stringMatching(/^gone: timeout expired$/)]);
  });

  test.each([
    ["53100", "no space left on the disk"],
    ["58030", "the disk cannot be read"],
    ["53200", "there is no memory left"],
  ])(
    "H1: refuses a batch as unavailable on %s: %s, tries it once, and logs one line for the outage",
    async (state) => {
      await sql.query(`
      CREATE SEQUENCE tries;
      GRANT USAGE ON SEQUENCE tries TO grata_application;
      CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        PERFORM nextval('tries');
        RAISE EXCEPTION 'could not extend file' USING ERRCODE = '${state}';
      END $$;
      CREATE TRIGGER full_disk BEFORE INSERT ON entries FOR EACH STATEMENT EXECUTE FUNCTION fail()`);
      const writer = openWriter(database);
      onTestFinished(() => writer.close());
      const messages = oneEach();
      const append = () => Promise.all(messages.map((message) => refusalOf(writer.append(message))));
      expect(await append()).toEqual(["unavailable", "unavailable", "unavailable"]);
      expect(await append()).toEqual(["unavailable", "unavailable", "unavailable"]);
      await expect(writer.rehearse()).rejects.toThrow("could not extend file");
      const { rows } = await sql.query("SELECT last_value::int AS tries FROM tries");
      expect(rows).toEqual([{ tries: 3 }]);
      expect(writer.faults).toEqual([]);
      // The database's own message may quote a row, so only its class and code are told.
      expect(writer.logged).toEqual([expect.stringMatching(`^gone: [a-z :,']+ \\(${state}\\)$`)]);

      await sql.query("DROP TRIGGER full_disk ON entries");
      for (const message of messages) expect(await writer.append(message)).toMatchObject({ repeated: false });
      expect(writer.logged.slice(1)).toEqual([expect.stringMatching(/^back, after/)]);
    },
  );

  test("H1: rehearses without leaving anything behind, beside messages", async () => {
    const writer = openWriter(database);
    onTestFinished(() => writer.close());
    const rows = async () =>
      (
        await sql.query(`SELECT (SELECT count(*) FROM entries)::int AS entries,
          (SELECT count(*) FROM unindexed_entries)::int AS unindexed, (SELECT count(*) FROM set_up_links)::int AS links`)
      ).rows[0];
    const { entries, unindexed, links } = await rows();
    await writer.rehearse();
    expect(await rows()).toEqual({ entries, unindexed, links });
    await Promise.all([...oneEach().map((message) => writer.append(message)), writer.rehearse()]);
    expect(await rows()).toEqual({ entries: entries + 3, unindexed: unindexed + 3, links });
  });
});
