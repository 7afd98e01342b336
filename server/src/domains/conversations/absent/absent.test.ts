import { type AbsentChat, absentChatsPage } from "@grata/contract/absent-chats";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../../testing/checks/eventually.ts";
import { call } from "../../../../testing/checks/http.ts";
import { expectDenseLogs, openSql } from "../../../../testing/checks/stored.ts";
import {
  connectAgent,
  connectUser,
  connectVisitor,
  makeUser,
  newClientId,
  type Person,
  type TestVisitor,
} from "../../../../testing/scenes/people.ts";
import { auditOf, makeTeam, outcomeIn } from "../../../../testing/scenes/team.ts";
import { startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";

let node: TestNode;
let sql: pg.Client;

beforeAll(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
});
afterAll(async () => {
  await sql.end();
  await node.stop();
});

const shortest = 10;

/** A fresh organisation with an admin who looks, and an agent called Mei. */
async function makeDesk(absenceSeconds?: number) {
  const team = await makeTeam(node);
  if (absenceSeconds !== undefined) {
    const settings = JSON.parse((await team.ask("GET", "/api/organisation")).text);
    expect(outcomeIn(await team.ask("PUT", "/api/organisation", { ...settings, absenceSeconds }))).toBe(
      "yes",
    );
  }
  const mei = await makeUser(node, team.organisationId, { name: "Mei" });
  const agent = await connectUser(node, mei.cookie);
  onTestFinished(() => agent.close());
  return { team, mei, agent };
}

/** A customer who writes. */
async function write(channelId: string, text: string) {
  const customer = await connectVisitor(node, channelId);
  onTestFinished(() => customer.close());
  const { conversation } = await customer.request("conversation.open", { clientId: newClientId(), text });
  return { customer, id: conversation.id };
}
const say = (who: Person | TestVisitor, conversationId: string, text: string) =>
  who.request("message.send", { conversationId, clientId: newClientId(), text });
const claim = (agent: Person, conversationId: string) =>
  agent.request("conversation.claim", { conversationId });

/** Gone at once, and the chats are kept. */
const signOut = (cookie: string) => call(node, "DELETE", "/api/session", { headers: { cookie } });

async function stateOf(id: string): Promise<string> {
  const { rows } = await sql.query("SELECT status FROM conversations WHERE id = $1", [id]);
  return rows[0].status;
}
async function lastOf(id: string) {
  const { rows } = await sql.query(
    `SELECT occurrence ->> 'kind' AS kind, author_kind AS author, author_name AS name, audience
     FROM entries WHERE conversation_id = $1 ORDER BY seq DESC LIMIT 1`,
    [id],
  );
  return rows[0];
}
const goneSince = async (userId: string): Promise<Date | null> =>
  (await sql.query("SELECT since FROM absences WHERE user_id = $1", [userId])).rows[0]?.since ?? null;
/** As if the agent had been gone, and had served, for so long. */
const age = (userId: string, seconds: number) =>
  sql.query(
    `WITH gone AS (UPDATE absences SET since = since - make_interval(secs => $2) WHERE user_id = $1)
     UPDATE conversations SET claimed_at = claimed_at - make_interval(secs => $2) WHERE claimed_by = $1`,
    [userId, seconds],
  );
async function absentChats(team: Awaited<ReturnType<typeof makeTeam>>): Promise<AbsentChat[]> {
  return absentChatsPage.parse(JSON.parse((await team.ask("GET", "/api/absent-chats")).text)).chats;
}
/** Collects the presence news that a customer gets from now on. */
const standings = (customer: Person) =>
  customer.news.flatMap((item) => (item.type === "standing" ? [item.served] : []));

describe("C8, C15: the customers of an agent who is gone", () => {
  test("C8: customers who wait for a reply go back by themselves, in the order in which they began to wait", async () => {
    const { team, mei, agent } = await makeDesk(shortest);
    const [first, second, answered] = [
      await write(team.channelId, "first"),
      await write(team.channelId, "second"),
      await write(team.channelId, "third"),
    ];
    for (const { id } of [second, first, answered]) await claim(agent, id);
    await say(agent, answered.id, "One moment");
    const late = await write(team.channelId, "late");
    agent.close();
    await eventually(async () => expect(await stateOf(first.id)).toBe("waiting"), 40_000);
    const watcher = await connectUser(node, team.admin.cookie);
    onTestFinished(() => watcher.close());
    const { conversations } = await watcher.request("waiting.list", {});
    expect(conversations.map(({ id }) => id)).toEqual([first.id, second.id, late.id]);
    expect(await lastOf(first.id)).toEqual({
      kind: "released",
      author: "system",
      name: "Mei",
      audience: "team",
    });
    // The customer's window hears that they wait again, and not whose doing it was.
    await eventually(() => expect(JSON.stringify(first.customer.news)).toContain('"queued":true'));
    expect(JSON.stringify(first.customer.news.at(-1))).not.toContain("Mei");
    // No customer waits here until they write again.
    expect(await stateOf(answered.id)).toBe("claimed");
    await say(answered.customer, answered.id, "Are you there?");
    await eventually(async () => expect(await stateOf(answered.id)).toBe("waiting"));
    await expectDenseLogs(sql);
    // Mei is back, and learns that they went; until she has read it, and once.
    const back = await connectUser(node, mei.cookie);
    onTestFinished(() => back.close());
    expect(await back.request("presence.mine", {})).toEqual({ paused: false, putBack: 3 });
    expect((await back.request("current.list", {})).conversations).toEqual([]);
    await back.request("presence.noted", {});
    expect(await back.request("presence.mine", {})).toEqual({ paused: false });
  });

  test("C8: two minutes pass first where nobody has set another time, and whoever comes back keeps them", async () => {
    const { team, mei, agent } = await makeDesk();
    const { id } = await write(team.channelId, "Hello");
    await claim(agent, id);
    agent.close();
    await eventually(async () => expect(await goneSince(mei.userId)).not.toBeNull());
    await age(mei.userId, 100);
    const back = await connectUser(node, mei.cookie);
    await eventually(async () => expect(await goneSince(mei.userId)).toBeNull());
    back.close();
    await eventually(async () => expect(await goneSince(mei.userId)).not.toBeNull());
    // Had the first absence counted on, it would be over.
    expect(await stateOf(id)).toBe("claimed");
    await age(mei.userId, 118);
    await eventually(async () => expect(await stateOf(id)).toBe("waiting"));
  });

  test("C8, C11: whoever pauses goes on serving their own; whoever logs out and keeps them does not", async () => {
    const { team, mei, agent } = await makeDesk(shortest);
    const { id, customer } = await write(team.channelId, "Hello");
    await claim(agent, id);
    await agent.request("presence.pause", { paused: true });
    // Mei's absence is noted when she is gone, not when she pauses.
    await eventually(async () =>
      expect(await customer.request("conversation.mine", {})).toMatchObject({ staffed: false, served: true }),
    );
    const other = await connectAgent(node, team.organisationId);
    onTestFinished(() => other.close());
    const second = await write(team.channelId, "Somebody else's");
    await claim(other, second.id);
    await signOut(other.cookie);
    await eventually(async () => expect(await goneSince(other.userId)).not.toBeNull());
    expect(await goneSince(mei.userId)).toBeNull();
    await signOut(mei.cookie);
    await eventually(async () => expect(await goneSince(mei.userId)).not.toBeNull());
    await age(mei.userId, shortest);
    await eventually(async () => expect(await stateOf(id)).toBe("waiting"));
  });

  test("C15, B6: an admin sees the chats of absent agents, puts them back one by one or all, and it is noted", async () => {
    const { team, mei, agent } = await makeDesk();
    const chats = [];
    for (const text of ["one", "two", "three"]) {
      const chat = await write(team.channelId, text);
      await claim(agent, chat.id);
      chats.push(chat);
    }
    const [one, two, three] = chats as [(typeof chats)[0], (typeof chats)[0], (typeof chats)[0]];
    await say(agent, three.id, "I will look");
    expect(await absentChats(team)).toEqual([]);
    // She is there: nothing is taken away from her.
    const putBack = (body: object) => team.ask("POST", "/api/absent-chats/put-back", body);
    expect(JSON.parse((await putBack({ userId: mei.userId })).text)).toEqual({ released: 0 });
    await signOut(mei.cookie);
    await eventually(async () => expect(await absentChats(team)).toHaveLength(3));
    const listed = await absentChats(team);
    expect(listed.find(({ id }) => id === one.id)).toMatchObject({
      agent: { id: mei.userId, name: "Mei" },
      last: { text: "one", author: "customer" },
      unansweredSince: expect.any(Number),
    });
    expect(listed.find(({ id }) => id === three.id)).toMatchObject({ unansweredSince: null });

    // A chat that is not hers stays where it is.
    const foreign = await write(team.channelId, "foreign");
    const ids = [one.id, foreign.id];
    expect(JSON.parse((await putBack({ userId: mei.userId, conversationIds: ids })).text)).toEqual({
      released: 1,
    });
    expect(await lastOf(one.id)).toMatchObject({ kind: "released", author: "user", name: "Ada" });
    expect(await stateOf(two.id)).toBe("claimed");
    expect(JSON.parse((await putBack({ userId: mei.userId })).text)).toEqual({ released: 2 });
    expect(await absentChats(team)).toEqual([]);
    const noted = (await auditOf(node, mei.userId)).filter(({ action }) => action === "chats.put_back");
    expect(noted.map(({ actor, changes }) => [actor, changes])).toEqual([
      ["Ada", { chats: { from: null, to: "1" } }],
      ["Ada", { chats: { from: null, to: "2" } }],
    ]);
    // Another agent takes over.
    const colleague = await connectAgent(node, team.organisationId);
    onTestFinished(() => colleague.close());
    await claim(colleague, three.id);
    expect((await colleague.request("current.list", {})).conversations).toHaveLength(1);
  });

  test("C15, H2: agents, and admins elsewhere, neither see nor move them", async () => {
    const { team, mei, agent } = await makeDesk();
    const { id } = await write(team.channelId, "Hello");
    await claim(agent, id);
    await signOut(mei.cookie);
    await eventually(async () => expect(await absentChats(team)).toHaveLength(1));
    const elsewhere = await makeTeam(node);
    expect(await absentChats(elsewhere)).toEqual([]);
    const body = { userId: mei.userId };
    const answer = await elsewhere.ask("POST", "/api/absent-chats/put-back", body);
    expect(JSON.parse(answer.text)).toEqual({ released: 0 });
    const { cookie } = await makeUser(node, team.organisationId);
    for (const [method, path] of [
      ["GET", "/api/absent-chats"],
      ["POST", "/api/absent-chats/put-back"],
    ] as const) {
      const asked = await call(node, method, path, {
        headers: { cookie },
        ...(method === "POST" && { body }),
      });
      expect(outcomeIn(asked)).toBe("forbidden");
    }
    expect(await stateOf(id)).toBe("claimed");
  });

  test("C15: two who put the same chats back at once move each once", async () => {
    const { team, mei, agent } = await makeDesk();
    const chats = [await write(team.channelId, "one"), await write(team.channelId, "two")];
    for (const { id } of chats) await claim(agent, id);
    await signOut(mei.cookie);
    await eventually(async () => expect(await absentChats(team)).toHaveLength(2));
    const answers = await Promise.all(
      [1, 2, 3].map(() => team.ask("POST", "/api/absent-chats/put-back", { userId: mei.userId })),
    );
    const released = answers.map(({ text }) => JSON.parse(text).released as number);
    expect(released.reduce((sum, one) => sum + one, 0)).toBe(2);
    await expectDenseLogs(sql);
  });
});

describe("C11, D1: a customer knows whether their agent is there", () => {
  test("C11: is told when the agent goes and comes, by news and by the answer after a reload", async () => {
    const { team, mei, agent } = await makeDesk();
    const { id, customer } = await write(team.channelId, "Hello");
    await claim(agent, id);
    await eventually(() => expect(standings(customer).at(-1)).toBe(true));
    agent.close();
    await eventually(() => expect(standings(customer).at(-1)).toBe(false));
    expect(await customer.request("conversation.mine", {})).toMatchObject({ staffed: false, served: false });
    const back = await connectUser(node, mei.cookie);
    onTestFinished(() => back.close());
    await eventually(() => expect(standings(customer).at(-1)).toBe(true));
    await back.request("conversation.release", { conversationId: id });
    await eventually(() => expect(standings(customer).at(-1)).toBeUndefined());
    expect(await customer.request("conversation.mine", {})).not.toHaveProperty("served");
    // Neither names nor anything else of the team's.
    expect(JSON.stringify(customer.news.filter(({ type }) => type === "standing"))).not.toContain(mei.userId);
  });
});
