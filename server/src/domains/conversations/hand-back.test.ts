import type pg from "pg";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { expectDenseLogs, openSql, storedLog } from "../../../testing/checks/stored.ts";
import { type Chat, makeWaitingChat } from "../../../testing/scenes/chats.ts";
import { type LiveAgent, liveAgent } from "../../../testing/scenes/live.ts";
import { connectVisitor, makeUser, newClientId, refusal } from "../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

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

/** A fresh organisation with an agent who has two tabs, and a colleague. */
async function makeDesk() {
  const place = await makeOrganisation(node);
  const { userId, cookie } = await makeUser(node, place.organisationId, { name: "Mei" });
  const people = await Promise.all([
    liveAgent(node.url, cookie),
    liveAgent(node.url, cookie),
    liveAgent(node.url, (await makeUser(node, place.organisationId)).cookie),
  ]);
  onTestFinished(() => {
    for (const person of people) person.close();
  });
  const [agent, tab, colleague] = people;
  return { place, userId, agent, tab, colleague };
}

const claimAll = async (agent: LiveAgent, chats: Chat[]) => {
  for (const { id } of chats) await agent.connection.request("conversation.claim", { conversationId: id });
};
const idsOf = (list: LiveAgent["waiting"] | LiveAgent["current"]) =>
  list.snapshot().items.map(({ id }) => id);

/** What the database says of an organisation's lists and who is on them. */
async function stored(organisationId: string) {
  const sizes = await sql.query<{ list: string; size: number }>(
    "SELECT split_part(list, ':', 1) AS list, sum(size)::int AS size FROM list_versions WHERE organisation_id = $1 GROUP BY 1",
    [organisationId],
  );
  const rows = await sql.query<{ list: string; size: number }>(
    `SELECT CASE status WHEN 'waiting' THEN 'waiting' ELSE 'current' END AS list, count(*)::int AS size
     FROM conversations WHERE organisation_id = $1 AND status <> 'closed' GROUP BY 1`,
    [organisationId],
  );
  const byList = (found: { list: string; size: number }[]) => ({
    waiting: 0,
    current: 0,
    ...Object.fromEntries(found.map(({ list, size }) => [list, size])),
  });
  return { sizes: byList(sizes.rows), rows: byList(rows.rows) };
}

describe("C8: handing back", () => {
  test("C8: all chats go back at once, in the order in which their customers wait, and every tab follows", async () => {
    const { place, agent, tab, colleague } = await makeDesk();
    const chats: Chat[] = [];
    for (let index = 0; index < 4; index++) chats.push(await makeWaitingChat(node, place));
    const [first, second, third, late] = chats as [Chat, Chat, Chat, Chat];
    await claimAll(agent, [third, first, second]);
    // Whoever has been answered waits from now on; the others since they wrote.
    const answer = { conversationId: first.id, clientId: newClientId(), text: "One moment" };
    await agent.connection.request("message.send", answer);
    const { version: before } = await agent.connection.request("waiting.list", {});
    expect(await agent.connection.request("conversation.releaseAll", {})).toEqual({ released: 3 });
    const order = [second.id, third.id, late.id, first.id];
    for (const person of [agent, tab, colleague]) {
      await eventually(() => expect(idsOf(person.waiting)).toEqual(order));
      await eventually(() => expect(idsOf(person.current)).toEqual([]));
    }
    // One step of each list, however many chats.
    expect(colleague.waiting.snapshot().version).toBe(before + 1);
    await expectDenseLogs(sql);
    for (const { id } of [first, second, third]) {
      const last = (
        await sql.query("SELECT * FROM entries WHERE conversation_id = $1 ORDER BY seq DESC LIMIT 1", [id])
      ).rows[0];
      expect(last).toMatchObject({ occurrence: { kind: "released" }, audience: "team", author_name: "Mei" });
    }
    expect(await agent.connection.request("conversation.releaseAll", {})).toEqual({ released: 0 });
    await colleague.connection.request("conversation.claimNext", { order: "longest" });
    await eventually(() => expect(idsOf(colleague.current)).toEqual([second.id]));
  });

  test("C8: one chat goes back alone, what its customer sees is no more than before, and it is nobody's", async () => {
    const { place, agent, colleague } = await makeDesk();
    const visitor = await connectVisitor(node, place.channelId);
    onTestFinished(() => visitor.close());
    const opened = await visitor.request("conversation.open", { clientId: newClientId(), text: "Hello" });
    const other = await makeWaitingChat(node, place);
    const conversationId = opened.conversation.id;
    await claimAll(agent, [other]);
    await agent.connection.request("conversation.claim", { conversationId });
    await agent.connection.request("conversation.release", { conversationId });
    await eventually(() => expect(idsOf(agent.current)).toEqual([other.id]));
    await eventually(() => expect(idsOf(colleague.waiting)).toEqual([conversationId]));
    const { entries } = await visitor.request("entries.after", { conversationId, after: 0 });
    expect(entries.map(({ occurrence }) => occurrence.kind)).toEqual(["message", "claimed", "hidden"]);
    const message = { conversationId, clientId: newClientId(), text: "Still me" };
    expect(await refusal(agent.connection.request("message.send", message))).toBe("conversation_not_claimed");
    expect(await refusal(agent.connection.request("conversation.release", { conversationId }))).toBe(
      "conversation_not_claimed",
    );
    await visitor.request("message.send", { ...message, clientId: newClientId() });
    await colleague.connection.request("conversation.claim", { conversationId });
    const kinds = (await storedLog(sql, conversationId)).map(({ kind }) => kind);
    expect(kinds).toEqual(["message", "claimed", "released", "message", "claimed"]);
  });

  test("C8: nothing is lost and the lists are right while everybody claims, writes and hands back at once", async () => {
    const { place, userId, agent, tab, colleague } = await makeDesk();
    for (let round = 0; round < 6; round++) {
      const chats = await Promise.all(Array.from({ length: 6 }, () => makeWaitingChat(node, place)));
      await claimAll(agent, chats.slice(0, 4));
      const write = ({ id }: Chat) =>
        agent.connection.request("message.send", {
          conversationId: id,
          clientId: newClientId(),
          text: `round ${round}`,
        });
      const claimNext = (person: LiveAgent) =>
        person.connection.request("conversation.claimNext", { order: "longest" });
      const [writes] = await Promise.all([
        Promise.allSettled(chats.slice(0, 4).map(write)),
        Promise.allSettled([
          agent.connection.request("conversation.releaseAll", {}),
          claimNext(tab),
          tab.connection.request("conversation.releaseAll", {}),
          claimNext(colleague),
          claimNext(tab),
          colleague.connection.request("conversation.releaseAll", {}),
        ]),
      ]);
      const acknowledged = writes.filter(({ status }) => status === "fulfilled").length;
      const kept = await sql.query("SELECT FROM entries WHERE user_id = $1 AND occurrence ->> 'text' = $2", [
        userId,
        `round ${round}`,
      ]);
      expect(kept.rowCount).toBe(acknowledged);
      const { sizes, rows } = await stored(place.organisationId);
      expect(sizes).toEqual(rows);
      expect(rows.waiting + rows.current).toBe(6 * (round + 1));
    }
    await expectDenseLogs(sql);
    for (const person of [agent, tab, colleague]) {
      await eventually(async () => {
        const { rows } = await stored(place.organisationId);
        expect(person.waiting.snapshot().total).toBe(rows.waiting);
      });
    }
    // The last hand-back leaves the agent with nothing, and a claim that was under way goes back too.
    await Promise.allSettled([
      tab.connection.request("conversation.claimNext", { order: "newest" }),
      agent.connection.request("conversation.releaseAll", {}),
    ]);
    await agent.connection.request("conversation.releaseAll", {});
    for (const person of [agent, tab]) await eventually(() => expect(idsOf(person.current)).toEqual([]));
  });
});
