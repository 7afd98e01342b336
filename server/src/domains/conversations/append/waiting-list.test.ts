import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSql } from "../../../../testing/checks/stored.ts";
import { makeAgent, makeClaimedChat, makeWaitingChat } from "../../../../testing/scenes/chats.ts";
import { customerMessage, openWriter } from "../../../../testing/scenes/writers.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";
import type { User } from "../../../foundation/access/principal.ts";
import type { Change } from "../changes.ts";
import { createListWaiting } from "../lists/list.ts";

let node: TestNode;
let sql: pg.Client;
let place: Awaited<ReturnType<typeof makeOrganisation>>;
let agent: User;
let writer: ReturnType<typeof openWriter>;

beforeAll(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
  place = await makeOrganisation(node);
  agent = await makeAgent(node, place);
  writer = openWriter(node);
});
afterAll(async () => {
  await writer.close();
  await sql.end();
  await node.stop();
});

async function held(organisationId = place.organisationId): Promise<{ version: number; size: number }> {
  const result = await sql.query<{ version: number; size: number }>(
    "SELECT version, size FROM list_versions WHERE list = 'waiting' AND organisation_id = $1",
    [organisationId],
  );
  return result.rows[0] ?? { version: 0, size: 0 };
}

const ofWaitList = (changes: Change[]) => changes.filter((change) => change.kind === "waiting");

describe("the wait list shows each chat's last words", () => {
  test("C3: a message into a waiting chat moves no list, and is told to whoever sees its queue", async () => {
    const chat = await makeWaitingChat(node, place);
    const before = await held();
    await writer.append(customerMessage(chat, "Is anybody there?"));
    expect(await held()).toEqual(before);
    expect(ofWaitList(writer.published)).toEqual([]);
    expect(writer.published.at(-1)).toMatchObject({
      kind: "entries",
      team: { queueId: place.organisationId },
      entries: [{ occurrence: { text: "Is anybody there?" } }],
    });
    const { conversations } = await createListWaiting(
      node.services.storage,
      node.services.channels.capabilitiesOf,
    )(agent, {});
    expect(conversations.find(({ id }) => id === chat.id)).toMatchObject({
      first: { text: "Hello" },
      last: { text: "Is anybody there?" },
    });
  });

  test("C3: a repeat, and a message into a chat that somebody serves, are none", async () => {
    const waiting = await makeWaitingChat(node, place);
    const claimed = await makeClaimedChat(node, place, agent);
    const message = customerMessage(waiting);
    await writer.append(message);
    const before = await held();
    writer.published.length = 0;
    await writer.append(message);
    await writer.append(customerMessage(claimed));
    expect(await held()).toEqual(before);
    expect(ofWaitList(writer.published)).toEqual([]);
  });
});
