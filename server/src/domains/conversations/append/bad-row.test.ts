import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectDenseLogs, openSql, storedLog } from "../../../../testing/checks/stored.ts";
import { type Chat, makeAgent, makeClaimedChat } from "../../../../testing/scenes/chats.ts";
import { newClientId } from "../../../../testing/scenes/people.ts";
import { customerMessage, openWriter } from "../../../../testing/scenes/writers.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";
import type { NewEntry } from "./item.ts";

let node: TestNode;
let sql: pg.Client;
let writer: ReturnType<typeof openWriter>;
let chats: Chat[];

beforeAll(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
  const place = await makeOrganisation(node);
  const agent = await makeAgent(node, place);
  chats = await Promise.all(Array.from({ length: 5 }, () => makeClaimedChat(node, place, agent)));
  writer = openWriter(node);
});
afterAll(async () => {
  await writer.close();
  await sql.end();
  await node.stop();
});

/** Nothing of ours lets these through; if something did one day, nobody else's message may suffer from it. */
const badRows: Record<string, (entry: NewEntry) => NewEntry> = {
  "a text that PostgreSQL cannot hold": (entry) => ({
    ...entry,
    occurrence: { kind: "message", text: "a\0b" },
  }),
  "an author who does not exist": (entry) => ({
    ...entry,
    author: { kind: "user", userId: newClientId(), name: "Nobody" },
  }),
};

describe("a batch with a row that the database does not take", () => {
  test.each(Object.entries(badRows))(
    "C4: %s fails alone, and its neighbours are stored in order",
    async (_name, spoil) => {
      writer.faults.length = 0;
      const before = new Map(
        await Promise.all(chats.map(async (chat) => [chat.id, await storedLog(sql, chat.id)] as const)),
      );
      const sent = chats.flatMap((chat, place) =>
        Array.from({ length: 9 }, (_, number) => {
          const entry = customerMessage(chat, `message ${number}`);
          const isBad = (place === 1 && number === 4) || (place === 3 && number === 0);
          return { chat, isBad, entry: isBad ? spoil(entry) : entry };
        }),
      );
      const answers = await Promise.allSettled(sent.map(({ entry }) => writer.append(entry)));
      expect(answers.map((answer) => answer.status)).toEqual(
        sent.map(({ isBad }) => (isBad ? "rejected" : "fulfilled")),
      );
      for (const chat of chats) {
        const expected = sent.filter((one) => one.chat === chat && !one.isBad);
        const log = await storedLog(sql, chat.id);
        expect(log.slice(before.get(chat.id)?.length).map((entry) => entry.clientId)).toEqual(
          expected.map(({ entry }) => entry.clientId),
        );
      }
      expect(writer.faults).toHaveLength(2);
      await expectDenseLogs(sql);
    },
  );

  test("C4: the writer goes on with the next batch", async () => {
    const [chat] = chats;
    if (!chat) throw new Error("There is no chat.");
    const bad = writer.append({ ...customerMessage(chat), occurrence: { kind: "message", text: "\0" } });
    await expect(bad).rejects.toThrow();
    expect(await writer.append(customerMessage(chat))).toMatchObject({ repeated: false });
  });
});
