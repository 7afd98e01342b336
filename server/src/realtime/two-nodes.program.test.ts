import { afterEach, beforeEach, describe, expect, inject, test } from "vitest";
import { eventually } from "../../testing/checks/eventually.ts";
import { liveAgent, liveVisitor } from "../../testing/scenes/live.ts";
import {
  closeAll,
  expectShownToBoth,
  expectStoredOnce,
  keepWriting,
  makePair,
  type Pair,
  partiesOf,
} from "../../testing/scenes/pairs.ts";
import { makeUser, makeVisitor, newClientId } from "../../testing/scenes/people.ts";
import { type Program, runProgram } from "../../testing/servers/program.ts";
import { openSharedDatabase } from "../../testing/servers/shared-database.ts";
import { startTcpProxy } from "../../testing/servers/tcp-proxy.ts";

/** Two nodes, each a process of its own, on one PostgreSQL with Redis: the customer on the one, the agent on the other. */
let database: Awaited<ReturnType<typeof openSharedDatabase>>;
let nodes: [Program, Program];
let closers: (() => unknown)[];

beforeEach(async () => {
  closers = [];
  database = await openSharedDatabase();
  const environment = { DATABASE_URL: database.url, REDIS_URL: inject("redisUrl") };
  nodes = [runProgram(environment), runProgram(environment)];
  await Promise.all(nodes.map((node) => node.ready()));
});
afterEach(async () => {
  for (const close of closers) await close();
  await Promise.all(nodes.map((node) => node.kill()));
  await database.close();
});

const port = (node: Program) => Number(new URL(node.url()).port);

describe("two nodes", () => {
  test("H1: tell each other of every step of a chat, through Redis, and do not wait for the next beat", async () => {
    const [one, other] = nodes;
    const { organisationId, channelId } = database.place;
    const { cookie } = await makeUser(database, organisationId);
    const { token } = await makeVisitor({ url: one.url() }, channelId);
    const agent = await liveAgent(other.url(), cookie);
    const visitor = await liveVisitor(one.url(), channelId, token);
    closers.push(agent.close, visitor.close);

    const opening = { clientId: newClientId(), text: "Hello" };
    const { conversation } = await visitor.connection.request("conversation.open", opening);
    const conversationId = conversation.id;
    // These are told by whoever did it; a beat tells numbers only, of which the client then asks for the rest.
    const told = (person: typeof agent | typeof visitor, news: object) =>
      eventually(() => expect(person.news).toContainEqual(expect.objectContaining(news)));
    const entry = (text: string) => ({
      type: "entries",
      conversationId,
      entries: [expect.objectContaining({ occurrence: { kind: "message", text } })],
    });
    await told(agent, {
      type: "waiting.changed",
      changed: [expect.objectContaining({ id: conversationId })],
    });

    await agent.connection.request("conversation.claim", { conversationId });
    await told(agent, { type: "waiting.changed", removed: [conversationId] });
    await told(visitor, {
      type: "entries",
      entries: [expect.objectContaining({ occurrence: { kind: "claimed" } })],
    });

    for (const number of [1, 2, 3]) {
      visitor.write(conversationId, `question ${number}`);
      await told(agent, entry(`question ${number}`));
      agent.write(conversationId, `answer ${number}`);
      await told(visitor, entry(`answer ${number}`));
    }
    await agent.connection.request("conversation.close", { conversationId });
    await told(visitor, {
      type: "entries",
      entries: [expect.objectContaining({ occurrence: { kind: "closed" } })],
    });
  });

  test("A8, H1: a session that is ended on the one ends its sockets on the other", async () => {
    const [one, other] = nodes;
    const { cookie } = await makeUser(database, database.place.organisationId);
    const agent = await liveAgent(other.url(), cookie);
    closers.push(agent.close);
    const answer = await fetch(`${one.url()}/api/session`, { method: "DELETE", headers: { cookie } });
    expect(answer.ok).toBe(true);
    await eventually(() =>
      expect(agent.news).toContainEqual({ type: "session.ended", reason: "signed_out" }),
    );
    await eventually(() => expect(agent.connection.state).toBe("ended"));
  });

  test("H1: of which one is killed under load: its clients go to the other, and everything is there once, in order", async () => {
    const [one, other] = nodes;
    const balancer = await startTcpProxy(port(one));
    closers.push(balancer.close);
    const urls = { customer: balancer.url, agent: other.url() };
    const pairs: Pair[] = [];
    while (pairs.length < 5) pairs.push(await makePair(database, database.place, urls));
    const traffic = keepWriting(pairs);
    const each = (minimum: number) =>
      eventually(() => {
        for (const party of pairs.flatMap(partiesOf)) {
          expect(party.acknowledged.length).toBeGreaterThan(minimum);
        }
      });
    await each(10);
    await one.kill();
    balancer.to(port(other));
    await each(Math.max(...pairs.flatMap(partiesOf).map(({ acknowledged }) => acknowledged.length)) + 10);
    await traffic.stop();
    await expectStoredOnce(database.sql, pairs);
    await expectShownToBoth(database.sql, pairs);
    closeAll(pairs);
  });
});
