import { randomInt } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { call } from "../../../testing/checks/http.ts";
import { makeAgent, makeClaimedChat, type Place } from "../../../testing/scenes/chats.ts";
import { makeUser } from "../../../testing/scenes/people.ts";
import { appendAll, customerMessage, openWriter } from "../../../testing/scenes/writers.ts";
import { runProgram } from "../../../testing/servers/program.ts";
import { openSharedDatabase } from "../../../testing/servers/shared-database.ts";
import { makeOrganisation } from "../../../testing/servers/test-node.ts";

let database: Awaited<ReturnType<typeof openSharedDatabase>>;

beforeAll(async () => {
  database = await openSharedDatabase();
});
afterAll(() => database.close());

/** As long as a message may be. */
const length = 10_000;
const messages = 400;

const ideographs = () => String.fromCodePoint(...Array.from({ length }, () => randomInt(0x4e00, 0x9fa5)));

/** A chat whose customer says the longest and most varied things, all in one moment. */
async function makeFlood(place: Place) {
  const chat = await makeClaimedChat(database, place, await makeAgent(database, place));
  const writer = openWriter(database);
  for (let sent = 0; sent < messages; sent += 50) {
    await appendAll(
      writer,
      Array.from({ length: 50 }, () => customerMessage(chat, ideographs())),
    );
  }
  await writer.close();
  return chat;
}

async function count(table: string, { organisationId }: Place): Promise<number> {
  const { rows } = await database.sql.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM ${table} WHERE organisation_id = $1`,
    [organisationId],
  );
  return rows[0]?.count ?? -1;
}

test("F4: a visitor's flood of random ideographs neither ends a small node nor hides what others say, and is erased", async () => {
  // The indexer begins with the organisation that was made first.
  const flooded = await makeOrganisation(database);
  const other = await makeOrganisation(database);
  const flood = await makeFlood(flooded);
  const program = runProgram({ DATABASE_URL: database.url, NODE_OPTIONS: "--max-old-space-size=512" });
  await program.ready();
  await eventually(async () => expect(await count("searched_messages", flooded)).toBeGreaterThan(0));

  const chat = await makeClaimedChat(database, other, await makeAgent(database, other));
  const writer = openWriter(database);
  await writer.append(customerMessage(chat, "an okapi"));
  await writer.close();
  const { cookie: otherCookie } = await makeUser(database, other.organisationId, { role: "admin" });
  await eventually(async () => {
    const url = "/api/history/messages?text=okapi";
    const { text } = await call({ url: program.url() }, "GET", url, { headers: { cookie: otherCookie } });
    expect(JSON.parse(text).hits).toHaveLength(1);
  });
  expect(await count("unindexed_entries", flooded)).toBeGreaterThan(0);

  await eventually(async () => expect(await count("unindexed_entries", flooded)).toBe(0), 120_000);
  const { cookie } = await makeUser(database, flooded.organisationId, { role: "admin" });
  const erasure = `/api/customers/${flood.visitor.customerId}/erasure`;
  expect(
    (await call({ url: program.url() }, "POST", erasure, { headers: { cookie }, body: {} })).status,
  ).toBe(200);
  await eventually(async () => expect(await count("searched_messages", flooded)).toBe(0), 120_000);
  expect(await count("search_postings", flooded)).toBe(0);
  expect(await program.stop()).toBe(0);
}, 300_000);
