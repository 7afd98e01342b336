import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { refusalOf } from "../../../testing/checks/refusals.ts";
import { openSql, storedLog } from "../../../testing/checks/stored.ts";
import { type Chat, makeAgent, makeClaimedChat } from "../../../testing/scenes/chats.ts";
import { customerMessage, openWriter } from "../../../testing/scenes/writers.ts";
import { freshDatabase } from "../../../testing/servers/databases.ts";
import { startTcpProxy, type TcpProxy } from "../../../testing/servers/tcp-proxy.ts";
import { makeOrganisation } from "../../../testing/servers/test-node.ts";
import type { User } from "../access/principal.ts";
import { openStorage, type Storage } from "./storage.ts";

/** The machine of the database is gone and says nothing, not even that it is gone; its successor has its address. */
let database: Awaited<ReturnType<typeof freshDatabase>>;
let network: TcpProxy;
let storage: Storage;
let chat: Chat;
let agent: User;
let writer: ReturnType<typeof openWriter>;

beforeEach(async () => {
  const postgres = inject("postgres");
  database = await freshDatabase(postgres);
  network = await startTcpProxy(join(postgres.host, `.s.PGSQL.${postgres.port}`));
  const connection = { ...database.connection, host: "127.0.0.1", port: network.port };
  storage = openStorage(connection, { maximumConnections: 2, answerWithinMilliseconds: 1_000 });
  const node = { services: { storage } };
  const place = await makeOrganisation(node);
  agent = await makeAgent(node, place);
  chat = await makeClaimedChat(node, place, agent);
  writer = openWriter(node);
});
afterEach(async () => {
  await network.close();
  await writer.close();
  await storage.close();
  await database.drop();
});

describe("a database that falls silent", () => {
  test("H1: is given up after a while, with unavailable, and the next question goes to its successor", async () => {
    const ask = () =>
      storage.inOrganisation(agent.organisationId, (transaction) => transaction.execute("SELECT 1"));
    const lookAcross = () => storage.system("system_has_organisation", []);
    // Both connections of the pool are in use and idle again: none is new after the silence began.
    await Promise.all([ask(), ask()]);
    network.strand();
    const asked = await Promise.all([refusalOf(lookAcross()), refusalOf(ask())]);
    expect(asked).toEqual(["unavailable", "unavailable"]);
    await lookAcross();
    await ask();
  });

  test("C4, H1: stops the writer only as long, and what was sent meanwhile is stored once when it is sent again", async () => {
    await writer.append(customerMessage(chat, "before"));
    network.strand();
    const message = customerMessage(chat, "into the silence");
    expect(await refusalOf(writer.append(message))).toBe("unavailable");
    expect(await writer.append(message)).toMatchObject({ seq: 4, repeated: false });
    const sql = await openSql(database.url);
    expect((await storedLog(sql, chat.id)).map(({ text }) => text)).toEqual([
      "Hello",
      null,
      "before",
      "into the silence",
    ]);
    await sql.end();
  });
});
