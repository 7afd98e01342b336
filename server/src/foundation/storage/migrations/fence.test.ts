import pg from "pg";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { refusalOf } from "../../../../testing/checks/refusals.ts";
import { expectDenseLogs, storedLog } from "../../../../testing/checks/stored.ts";
import { type Chat, makeAgent, makeClaimedChat, makeWaitingChat } from "../../../../testing/scenes/chats.ts";
import { newClientId } from "../../../../testing/scenes/people.ts";
import { customerMessage, openWriter } from "../../../../testing/scenes/writers.ts";
import { type MadeUp, shippedAnd } from "../../../../testing/servers/migrations.ts";
import { openSharedDatabase } from "../../../../testing/servers/shared-database.ts";
import { startTestNode } from "../../../../testing/servers/test-node.ts";
import { databaseErrorCode } from "../database-errors.ts";
import { prepareDatabase } from "../prepare-database.ts";
import { openStorage } from "../storage.ts";
import { newestStep } from "./files.ts";

let database: Awaited<ReturnType<typeof openSharedDatabase>>;
let chat: Chat;

beforeEach(async () => {
  database = await openSharedDatabase();
  chat = await makeClaimedChat(database, database.place, await makeAgent(database, database.place));
});
afterEach(() => database.close());

const incompatible: MadeUp = [
  "0901_fence",
  "-- grata: fence\nALTER TABLE conversations ADD COLUMN tried text;",
];

function migrate(...madeUp: MadeUp[]) {
  return prepareDatabase({ connectionString: database.url }, { migrations: shippedAnd(...madeUp) });
}

/** The writer of a node of the release that brings these migrations. */
function openNewerWriter(...madeUp: MadeUp[]) {
  const step = newestStep(shippedAnd(...madeUp));
  const storage = openStorage({ connectionString: database.url }, { maximumConnections: 2, step });
  const writer = openWriter({ services: { storage } });
  onTestFinished(async () => {
    await writer.close();
    await storage.close();
  });
  return writer;
}

function openOlderWriter() {
  const writer = openWriter(database);
  onTestFinished(() => writer.close());
  return writer;
}

/** The statements by which release 24c38b2 stores entries; it does not declare its release to the database. */
const lockOf24c38b2 = `
  SELECT c.organisation_id, c.id, c.channel_id, c.customer_id, c.status, c.claimed_by, c.tester_id, c.head,
    c.answers_by_mail, channel.kind AS channel_kind
  FROM conversations c
  JOIN channels channel ON (channel.organisation_id, channel.id) = (c.organisation_id, c.channel_id)
  WHERE c.organisation_id = ANY ($1::uuid[]) AND c.id = ANY ($2::uuid[])
  ORDER BY c.organisation_id, c.id
  FOR NO KEY UPDATE OF c `;
const insertOf24c38b2 = `WITH 
  inserted AS (
    INSERT INTO entries (organisation_id, conversation_id, seq, author_kind, user_id, author_name, audience, occurrence,
      delivery, client_id, at)
    SELECT organisation_id, conversation_id, seq, author_kind, user_id, author_name, audience, occurrence, delivery,
      client_id, statement_timestamp()
    FROM jsonb_to_recordset($1::jsonb) AS entry (organisation_id uuid, conversation_id uuid, seq integer,
      author_kind text, user_id uuid, author_name text, audience text, occurrence json, delivery text, client_id uuid)
  ), moved AS (
    UPDATE conversations c SET
      head = tail.head,
      last_text = COALESCE(tail.last_text, c.last_text),
      last_file = CASE WHEN tail.last_text IS NULL THEN c.last_file ELSE tail.last_file::json END,
      last_author = tail.last_author,
      last_at = statement_timestamp(),
      unanswered_since = CASE
        WHEN tail.last_author = 'user' THEN NULL
        WHEN tail.last_author = 'customer' AND tail.answered THEN statement_timestamp()
        WHEN tail.last_author = 'customer' THEN COALESCE(c.unanswered_since, statement_timestamp())
        WHEN tail.answered THEN NULL
        ELSE c.unanswered_since END
    FROM unnest($2::uuid[], $3::uuid[], $4::integer[], $5::text[], $6::text[], $7::boolean[],
        $8::text[])
      AS tail (organisation_id, id, head, last_text, last_author, answered, last_file)
    WHERE (c.organisation_id, c.id) = (tail.organisation_id, tail.id)
  ) SELECT statement_timestamp() AS at`;
/** SQLSTATEs that this release answers with `unavailable`, on which its clients keep their messages. */
const unavailableIn24c38b2 = (code: string) =>
  ["57P01", "57P02", "57P03", "53300", "53400", "25006", "40001", "40P01", "55P03", "57014"].includes(code) ||
  code.startsWith("08");

/** Stores one message as that release does. Resolves to null, or to the code of what the database says. */
async function appendAs24c38b2(client: pg.Client): Promise<string | null> {
  const { organisationId, customerId } = chat.visitor;
  try {
    await client.query(`BEGIN; SET LOCAL grata.organisations = '{${organisationId}}'`);
    const name = "append_lock_wait";
    const { rows } = await client.query({ name, text: lockOf24c38b2, values: [[organisationId], [chat.id]] });
    expect(rows).toMatchObject([{ id: chat.id, customer_id: customerId }]);
    const seq = rows[0].head + 1;
    const entry = {
      organisation_id: organisationId,
      conversation_id: chat.id,
      seq,
      author_kind: "customer",
      audience: "everybody",
      occurrence: { kind: "message", text: "old" },
      delivery: "none",
      client_id: newClientId(),
    };
    const tail = [[organisationId], [chat.id], [seq], ["old"], ["customer"], [false], [null]];
    const values = [JSON.stringify([entry]), ...tail];
    await client.query({ name: "append_insert", text: insertOf24c38b2, values });
    await client.query("COMMIT");
    return null;
  } catch (error) {
    await client.query("ROLLBACK");
    return databaseErrorCode(error) ?? String(error);
  }
}

async function connectAs24c38b2(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: database.url, lock_timeout: 50 });
  client.on("error", () => undefined);
  await client.connect();
  onTestFinished(() => client.end());
  await client.query("SET ROLE grata_application");
  return client;
}

const texts = async () => (await storedLog(database.sql, chat.id)).flatMap(({ text }) => text ?? []);

describe("a migration that older nodes cannot live with", () => {
  test("H1: makes release 24c38b2, whose statements are prepared already, store nothing from its commit on", async () => {
    const older = await connectAs24c38b2();
    expect(await appendAs24c38b2(older)).toBeNull();
    let migrated = false;
    const migration = migrate(incompatible).finally(() => {
      migrated = true;
    });
    // It writes without a pause while the migration comes over it.
    const codes = new Set<string>();
    while (!migrated) codes.add((await appendAs24c38b2(older)) ?? "stored");
    await migration;
    const before = await texts();
    codes.delete("stored");
    for (const code of codes) expect(unavailableIn24c38b2(code), code).toBe(true);
    const after = await appendAs24c38b2(older);
    expect(after).toBe("08Z01");
    expect(unavailableIn24c38b2(after ?? "")).toBe(true);
    expect(await texts()).toEqual(before);
    await expectDenseLogs(database.sql);
  });

  test("H1, C4: tells the senders of older nodes to come back, and what they wrote is stored once by a newer one", async () => {
    const older = openOlderWriter();
    await older.append(customerMessage(chat, "before"));
    await migrate(incompatible);
    const newer = openNewerWriter(incompatible);
    const messages = ["one", "two", "three"].map((text) => customerMessage(chat, text));
    expect(await Promise.all(messages.map((message) => refusalOf(older.append(message))))).toEqual(
      messages.map(() => "unavailable"),
    );
    expect(older.faults).toEqual([]);
    expect(older.logged).toEqual([
      "gone: a newer Grata has changed this database; this one stores nothing in it any more (08Z01)",
    ]);
    for (const message of messages) expect(await newer.append(message)).toMatchObject({ repeated: false });
    expect((await texts()).slice(-4)).toEqual(["before", "one", "two", "three"]);
    await expectDenseLogs(database.sql);
  });

  test("H1: lets no two releases number one log, however they write at the same time", async () => {
    const older = openOlderWriter();
    const stored: string[] = [];
    let migrated = false;
    const migration = migrate(incompatible).finally(() => {
      migrated = true;
    });
    let number = 0;
    const refused = new Set<string>();
    while (!migrated) {
      const text = `old ${++number}`;
      await older.append(customerMessage(chat, text)).then(
        () => stored.push(text),
        (error: unknown) => refused.add(Object(error).code),
      );
    }
    await migration;
    const newer = openNewerWriter(incompatible);
    await Promise.all(
      Array.from({ length: 20 }, async (_, place) => {
        await Promise.all([
          newer.append(customerMessage(chat, `new ${place}`)),
          refusalOf(older.append(customerMessage(chat, `late ${place}`))),
        ]);
      }),
    );
    expect([...refused].filter((code) => code !== "unavailable")).toEqual([]);
    const log = await texts();
    expect(log.filter((text) => text.startsWith("old"))).toEqual(stored);
    expect(log.filter((text) => text.startsWith("late"))).toEqual([]);
    expect(log.filter((text) => text.startsWith("new"))).toHaveLength(20);
    await expectDenseLogs(database.sql);
  });

  test("H1: stops claims, closings and new chats of older nodes as well, and turns their health to 503", async () => {
    const node = await startTestNode({ databaseUrl: database.url });
    onTestFinished(() => node.stop());
    expect((await fetch(`${node.url}/healthz`)).status).toBe(200);
    const waiting = await makeWaitingChat(database, database.place);
    await migrate(incompatible);
    expect(await refusalOf(makeWaitingChat(node, database.place))).toBe("unavailable");
    expect(
      await refusalOf(makeClaimedChat(node, database.place, await makeAgent(node, database.place))),
    ).toBe("unavailable");
    expect((await storedLog(database.sql, waiting.id)).length).toBe(1);
    await expect.poll(async () => (await fetch(`${node.url}/healthz`)).status).toBe(503);
  });

  test("H1: leaves those alone that know it, and a later one shuts these out in turn", async () => {
    const later: MadeUp = ["0902_fence", "-- grata: fence\nALTER TABLE customers ADD COLUMN tried text;"];
    await migrate(incompatible);
    const newer = openNewerWriter(incompatible);
    await newer.append(customerMessage(chat, "newer"));
    await migrate(incompatible, later);
    expect(await refusalOf(newer.append(customerMessage(chat, "too late")))).toBe("unavailable");
    await openNewerWriter(incompatible, later).append(customerMessage(chat, "newest"));
    expect((await texts()).slice(-2)).toEqual(["newer", "newest"]);
  });

  test("H1: is undone as a whole when one of its statements fails", async () => {
    const failing: MadeUp = ["0901_fence", "-- grata: fence\nALTER TABLE nowhere ADD COLUMN tried text;"];
    await expect(migrate(failing)).rejects.toThrow(/nowhere/);
    await openOlderWriter().append(customerMessage(chat, "still here"));
    expect((await texts()).at(-1)).toBe("still here");
  });
});
