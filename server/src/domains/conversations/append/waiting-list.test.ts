import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSql } from "../../../../testing/checks/stored.ts";
import { makeAgent, makeClaimedChat, makeWaitingChat } from "../../../../testing/scenes/chats.ts";
import { customerMessage, openWriter } from "../../../../testing/scenes/writers.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";
import type { User } from "../../../foundation/access/principal.ts";
import type { Change } from "../changes.ts";

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
  test("C3: a message into a waiting chat is one step of the list, with the chat's new line", async () => {
    const chat = await makeWaitingChat(node, place);
    const before = await held();
    await writer.append(customerMessage(chat, "Is anybody there?"));
    expect(await held()).toEqual({ version: before.version + 1, size: before.size });
    expect(ofWaitList(writer.published).at(-1)).toMatchObject({
      organisationId: place.organisationId,
      version: before.version + 1,
      total: before.size,
      changed: [{ id: chat.id, first: { text: "Hello" }, last: { text: "Is anybody there?" } }],
      removed: [],
    });
  });

  test("C3: messages of one batch into several chats are one step for each organisation", async () => {
    const elsewhere = await makeOrganisation(node, "Elsewhere");
    const [one, other] = [await makeWaitingChat(node, place), await makeWaitingChat(node, place)];
    const foreign = await makeWaitingChat(node, elsewhere);
    const [before, foreignBefore] = [await held(), await held(elsewhere.organisationId)];
    writer.published.length = 0;
    const messages = [one, other, foreign, other].map((chat) => customerMessage(chat, `to ${chat.id}`));
    await Promise.all(messages.map((message) => writer.append(message)));
    expect((await held()).version).toBe(before.version + 1);
    expect((await held(elsewhere.organisationId)).version).toBe(foreignBefore.version + 1);
    const steps = ofWaitList(writer.published);
    const lines = (organisationId: string) =>
      steps
        .filter((step) => step.organisationId === organisationId)
        .flatMap((step) => (step.kind === "waiting" ? step.changed.map((line) => line.id) : []));
    expect(lines(place.organisationId).sort()).toEqual([one.id, other.id].sort());
    expect(lines(elsewhere.organisationId)).toEqual([foreign.id]);
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
