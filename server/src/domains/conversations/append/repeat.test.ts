import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refusalOf } from "../../../../testing/checks/refusals.ts";
import { openSql, storedLog } from "../../../../testing/checks/stored.ts";
import { makeAgent, makeClaimedChat, makeWaitingChat } from "../../../../testing/scenes/chats.ts";
import { customerMessage, openWriter } from "../../../../testing/scenes/writers.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";
import type { User } from "../../../foundation/access/principal.ts";
import { close } from "../close.ts";

let node: TestNode;
let sql: pg.Client;
let place: Awaited<ReturnType<typeof makeOrganisation>>;
let agent: User;
let here: ReturnType<typeof openWriter>;
let elsewhere: ReturnType<typeof openWriter>;

beforeAll(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
  place = await makeOrganisation(node);
  agent = await makeAgent(node, place);
  here = openWriter(node);
  elsewhere = openWriter(node);
});
afterAll(async () => {
  await Promise.all([here.close(), elsewhere.close()]);
  await sql.end();
  await node.stop();
});

describe("a message that is sent again", () => {
  test("C4: gets what the first one got, from each node, and is neither stored nor told again", async () => {
    const chat = await makeWaitingChat(node, place);
    const message = customerMessage(chat, "Once");
    const first = await here.append(message);
    const told = here.published.length;
    expect(first).toMatchObject({ seq: 2, repeated: false });
    expect(await here.append(message)).toEqual({ ...first, repeated: true });
    expect(await elsewhere.append({ ...message, occurrence: { kind: "message", text: "Twice" } })).toEqual({
      ...first,
      repeated: true,
    });
    expect((await storedLog(sql, chat.id)).map((entry) => entry.text)).toEqual(["Hello", "Once"]);
    expect(here.published).toHaveLength(told);
    expect(elsewhere.published).toEqual([]);
  });

  test("C4: and again in the same moment, gets one entry and one answer", async () => {
    const chat = await makeWaitingChat(node, place);
    const message = customerMessage(chat);
    const answers = await Promise.all([message, message, message].map((same) => here.append(same)));
    expect(answers.map((appended) => [appended.seq, appended.repeated])).toEqual([
      [2, false],
      [2, true],
      [2, true],
    ]);
    expect(await storedLog(sql, chat.id)).toHaveLength(2);
  });

  test("C4, C8: gets what the first one got when the chat has been closed since, and a new one is refused", async () => {
    const chat = await makeClaimedChat(node, place, agent);
    const message = customerMessage(chat, "Before the end");
    const first = await here.append(message);
    await close(node.services.storage, agent, { conversationId: chat.id });
    expect(await elsewhere.append(message)).toEqual({ ...first, repeated: true });
    expect(await refusalOf(here.append(customerMessage(chat, "After the end")))).toBe("conversation_closed");
    expect((await storedLog(sql, chat.id)).map((entry) => entry.text)).toEqual([
      "Hello",
      null,
      "Before the end",
      null,
    ]);
  });

  test("C4: tells nothing to somebody who may not see the chat", async () => {
    const chat = await makeClaimedChat(node, place, agent);
    const message = customerMessage(chat);
    await here.append(message);
    const stranger = await makeAgent(node, place);
    const { visitor } = await makeWaitingChat(node, place);
    for (const principal of [stranger, visitor]) {
      expect(await refusalOf(here.append({ ...message, principal }))).toBe("conversation_unknown");
    }
  });

  test("C4: is known by its id in capitals too, in one batch and in two, and nothing is logged", async () => {
    const chat = await makeWaitingChat(node, place);
    const message = customerMessage(chat);
    const capitals = { ...message, clientId: message.clientId.toUpperCase() };
    const twin = customerMessage(chat);
    const [first, second] = await Promise.all(
      [twin, { ...twin, clientId: twin.clientId.toUpperCase() }].map((same) => here.append(same)),
    );
    expect(second).toEqual({ ...first, repeated: true });
    const stored = await here.append(message);
    expect(await here.append(capitals)).toEqual({ ...stored, repeated: true });
    expect(await elsewhere.append(capitals)).toEqual({ ...stored, repeated: true });
    expect(await storedLog(sql, chat.id)).toHaveLength(3);
    expect([...here.faults, ...elsewhere.faults]).toEqual([]);
  });

  test("C4: the same client id in another chat is another message", async () => {
    const [one, other] = [await makeWaitingChat(node, place), await makeWaitingChat(node, place)];
    const message = customerMessage(one);
    await here.append(message);
    expect(await here.append({ ...customerMessage(other), clientId: message.clientId })).toMatchObject({
      seq: 2,
      repeated: false,
    });
  });
});
