import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { eventually } from "../../testing/checks/eventually.ts";
import { call } from "../../testing/checks/http.ts";
import { openSql } from "../../testing/checks/stored.ts";
import {
  connectAgent,
  connectUser,
  connectVisitor,
  makeUser,
  type Person,
} from "../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../testing/servers/test-node.ts";

let node: TestNode;
let other: TestNode;

beforeAll(async () => {
  const environment = { REDIS_URL: inject("redisUrl") };
  node = await startTestNode({ environment });
  other = await startTestNode({ environment, databaseUrl: node.databaseUrl });
});
afterAll(async () => {
  await other.stop();
  await node.stop();
});

/** What `watcher` is told of somebody, from the list and each news after it. */
async function watch(watcher: Person, userId: string): Promise<() => string[]> {
  const from = watcher.news.length;
  const { users } = await watcher.request("presence.list", {});
  const first = users.find(({ id }) => id === userId)?.presence ?? "unlisted";
  return () => [
    first,
    ...watcher.news
      .slice(from)
      .flatMap((item) => (item.type === "presence" ? item.changes : []))
      .filter((change) => change.userId === userId)
      .map(({ presence }) => presence),
  ];
}

/** A fresh organisation with somebody who looks, on the other node. */
async function makePlace() {
  const place = await makeOrganisation(node);
  const watcher = await connectAgent(other, place.organisationId);
  onTestFinished(() => watcher.close());
  return { ...place, watcher };
}

describe("C11: presence", () => {
  test("C11: colleagues on another node see who comes, pauses, goes on and leaves", async () => {
    const { organisationId, watcher } = await makePlace();
    const { userId, cookie } = await makeUser(node, organisationId);
    const seen = await watch(watcher, userId);
    expect(seen()).toEqual(["offline"]);
    const agent = await connectUser(node, cookie);
    await eventually(() => expect(seen()).toEqual(["offline", "online"]));
    expect(await agent.request("presence.pause", { paused: true })).toEqual({ paused: true });
    await eventually(() => expect(seen()).toEqual(["offline", "online", "paused"]));
    await agent.request("presence.pause", { paused: false });
    await eventually(() => expect(seen()).toEqual(["offline", "online", "paused", "online"]));
    agent.close();
    await eventually(
      () => expect(seen()).toEqual(["offline", "online", "paused", "online", "offline"]),
      30_000,
    );
  });

  test("C11: a pause holds in every tab and on every device, is told to them, and outlives a reload", async () => {
    const { organisationId } = await makePlace();
    const { userId, cookie } = await makeUser(node, organisationId);
    const tab = await connectUser(node, cookie);
    const device = await connectUser(other, cookie);
    expect(await device.request("presence.mine", {})).toEqual({ paused: false });
    await tab.request("presence.pause", { paused: true });
    const told = { userId, presence: "paused" };
    await eventually(() =>
      expect(device.news).toContainEqual({ type: "presence", changes: expect.arrayContaining([told]) }),
    );
    tab.close();
    device.close();
    const again = await connectUser(node, cookie);
    expect(await again.request("presence.mine", {})).toEqual({ paused: true });
    again.close();
  });

  test("C11: a reload is no absence, nor is a closed tab while another one is open on another node", async () => {
    const { organisationId, watcher } = await makePlace();
    const { userId, cookie } = await makeUser(node, organisationId);
    const agent = await connectUser(node, cookie);
    const tab = await connectUser(other, cookie);
    await eventually(async () => expect((await watch(watcher, userId))()).toEqual(["online"]));
    const seen = await watch(watcher, userId);
    tab.close();
    agent.close();
    const reloaded = await connectUser(node, cookie);
    const second = await connectUser(other, cookie);
    second.close();
    const sql = await openSql(node.databaseUrl);
    onTestFinished(() => sql.end());
    // Longer than somebody who is gone is waited for.
    const since = Date.now();
    await eventually(async () => {
      expect(Date.now() - since).toBeGreaterThan(10_000);
      const { rows } = await sql.query(
        "SELECT FROM connected_sessions c JOIN sessions s ON s.id = c.session_id WHERE s.user_id = $1 AND noted_at > now() - interval '7 seconds'",
        [userId],
      );
      expect(rows).toHaveLength(1);
    });
    expect(seen()).toEqual(["online"]);
    reloaded.close();
  });

  test("C11, A8: whoever logs out is offline at once, without the grace of a reload", async () => {
    const { organisationId, watcher } = await makePlace();
    const { userId, cookie } = await makeUser(node, organisationId);
    await connectUser(node, cookie);
    await eventually(async () => expect((await watch(watcher, userId))()).toEqual(["online"]));
    await call(node, "DELETE", "/api/session", { headers: { cookie } });
    const seen = await watch(watcher, userId);
    await eventually(() => expect(seen().at(-1)).toBe("offline"), 6_000);
  });

  test("C11, E4: whoever pauses is not there for customers, in whatever tab, and their own chats go on", async () => {
    const place = await makeOrganisation(node);
    const visitor = await connectVisitor(node, place.channelId);
    const staffed = async () => (await visitor.request("conversation.mine", {})).staffed;
    const agent = await connectAgent(node, place.organisationId);
    const tab = await connectUser(other, agent.cookie);
    expect(await staffed()).toBe(true);
    await tab.request("presence.pause", { paused: true });
    expect(await staffed()).toBe(false);
    const opening = { clientId: crypto.randomUUID(), text: "Hello" };
    const { conversation } = await visitor.request("conversation.open", opening);
    const conversationId = conversation.id;
    await agent.request("conversation.claim", { conversationId });
    await agent.request("message.send", { conversationId, clientId: crypto.randomUUID(), text: "Hi" });
    const colleague = await connectAgent(other, place.organisationId);
    expect(await staffed()).toBe(true);
    await colleague.request("presence.pause", { paused: true });
    expect(await staffed()).toBe(false);
    await agent.request("presence.pause", { paused: false });
    expect(await staffed()).toBe(true);
    for (const person of [visitor, agent, tab, colleague]) person.close();
  });

  test("C11, H2: nobody hears of another organisation's people", async () => {
    const { organisationId, watcher } = await makePlace();
    const elsewhere = await makePlace();
    const listed = async (person: Person) =>
      (await person.request("presence.list", {})).users.map(({ id }) => id).sort();
    for (const person of [watcher, elsewhere.watcher]) await listed(person);
    const agent = await connectAgent(node, organisationId);
    await eventually(() => expect(JSON.stringify(watcher.news)).toContain(agent.userId));
    expect(await listed(watcher)).toContain(agent.userId);
    expect(await listed(elsewhere.watcher)).not.toContain(agent.userId);
    expect(JSON.stringify(elsewhere.watcher.news)).not.toContain(agent.userId);
    agent.close();
  });

  test("C11: whoever is disabled or only invited is no colleague", async () => {
    const { organisationId, watcher } = await makePlace();
    const sql = await openSql(node.databaseUrl);
    onTestFinished(() => sql.end());
    for (const status of ["disabled", "invited"]) {
      const { userId } = await makeUser(node, organisationId);
      await sql.query("UPDATE users SET status = $2 WHERE id = $1", [userId, status]);
      expect((await watch(watcher, userId))()).toEqual(["unlisted"]);
    }
  });
});
